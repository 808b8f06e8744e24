-- People, policies, cases and what hangs on them. Every table carries the insurer in its key; yilu.grant_table sets the
-- application's rights, and row level security is the second lock.

create table yilu.persons (
  insurer text not null references yilu.insurers (code),
  id uuid not null,
  sealed bytea not null, -- {name, idType, idNumber, bornOn, sex, phone}
  id_hash bytea,         -- keyed hash of the normal form; persons are found by these only
  phone_hash bytea,
  name_hash bytea not null,
  mainland_citizen boolean not null,
  created_at timestamptz not null,
  primary key (insurer, id)
);
create unique index persons_by_id_number on yilu.persons (insurer, id_hash);
create index persons_by_phone on yilu.persons (insurer, phone_hash);
create index persons_by_name on yilu.persons (insurer, name_hash);
select yilu.grant_table('persons', 'read-write', true);

-- The data key of each person, wrapped by the insurer's master key. Destroying the row erases the person.
create table yilu.person_keys (
  insurer text not null,
  person_id uuid not null,
  wrapped bytea not null,
  primary key (insurer, person_id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
select yilu.grant_table('person_keys', 'read-write', true);

-- Facts about a person outside any case, versioned with effective and recorded time: capacity, death.
create table yilu.person_facts (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('capacity', 'death')),
  value text not null,          -- capacity: full | none; death: died
  effective_from timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  evidence text,                -- fixed vocabulary: what it was proved with
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index person_facts_of_person on yilu.person_facts (insurer, person_id, kind, recorded_at);
select yilu.grant_table('person_facts', 'insert-only', true);

create table yilu.policies (
  insurer text not null references yilu.insurers (code),
  id uuid not null,
  policy_no text not null,
  plan text not null,
  effective_from date not null,
  expires_on date not null,
  cooling_off_ends_on date,
  waiting_ends_on date,
  renewed_from text,
  parameters jsonb not null default '{}',
  holder_id uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (insurer, id),
  unique (insurer, policy_no),
  foreign key (insurer, holder_id) references yilu.persons (insurer, id),
  check (effective_from <= expires_on)
);
create index policies_of_holder on yilu.policies (insurer, holder_id);
select yilu.grant_table('policies', 'read-write', true);

-- States arrive from the core system as facts: effective and recorded time, never rewritten.
create table yilu.policy_states (
  insurer text not null,
  id uuid not null,
  policy_id uuid not null,
  state text not null check (state in ('in-force', 'suspended', 'terminated')),
  effective_from timestamptz not null,
  recorded_at timestamptz not null,
  primary key (insurer, id),
  unique (insurer, policy_id, effective_from, recorded_at),
  foreign key (insurer, policy_id) references yilu.policies (insurer, id)
);
create index policy_states_of_policy on yilu.policy_states (insurer, policy_id, effective_from);
select yilu.grant_table('policy_states', 'insert-only', true);

create table yilu.policy_persons (
  insurer text not null,
  policy_id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('policyholder', 'insured', 'beneficiary')),
  added_on date not null,
  primary key (insurer, policy_id, person_id, role),
  foreign key (insurer, policy_id) references yilu.policies (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index policy_persons_of_person on yilu.policy_persons (insurer, person_id);
select yilu.grant_table('policy_persons', 'read-write', true);

-- A verified diagnosis inside the waiting period: bars a service for good [2.2.5]. Two people can correct it.
create table yilu.bars (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  policy_id uuid not null,
  case_id uuid not null,
  illness_kind text not null,
  sealed bytea not null,        -- {code, onsetOn, diagnosedOn, paperId, note}
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index bars_of_person on yilu.bars (insurer, person_id, policy_id);
select yilu.grant_table('bars', 'insert-only', true);
create table yilu.bar_corrections (
  insurer text not null,
  bar_id uuid not null,
  approval_id uuid not null,
  recorded_at timestamptz not null,
  primary key (insurer, bar_id),
  foreign key (insurer, bar_id) references yilu.bars (insurer, id)
);
select yilu.grant_table('bar_corrections', 'insert-only', true);

-- Decisions as taken: inputs, edition and reasons, for the member, the appeal and the auditor.
create table yilu.decisions (
  insurer text not null,
  id uuid not null,
  policy_id uuid not null,
  person_id uuid not null,
  case_id uuid,
  plan text not null,
  edition text,
  service text not null,
  outcome text not null check (outcome in ('granted', 'review', 'refused')),
  decided_at timestamptz not null,
  decided_by uuid,              -- the account whose act it was
  taken_by text not null check (taken_by in ('rules', 'person')),
  sealed bytea not null,        -- {question, decision}
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index decisions_of_person on yilu.decisions (insurer, person_id, decided_at);
create index decisions_of_case on yilu.decisions (insurer, case_id);
select yilu.grant_table('decisions', 'insert-only', true);

create table yilu.appeals (
  insurer text not null,
  id uuid not null,
  decision_id uuid not null,
  case_id uuid,
  person_id uuid not null,
  filed_at timestamptz not null,
  filed_by uuid not null,
  due_at timestamptz not null,
  sealed bytea not null,        -- {text, answer}
  state text not null check (state in ('open', 'upheld', 'overturned')),
  answered_by uuid,
  answered_at timestamptz,
  primary key (insurer, id),
  unique (insurer, decision_id),
  foreign key (insurer, decision_id) references yilu.decisions (insurer, id)
);
select yilu.grant_table('appeals', 'read-write', true);

create table yilu.case_numbers (
  insurer text not null,
  prefix text not null,
  day date not null,
  last int not null,
  primary key (insurer, prefix, day)
);
select yilu.grant_table('case_numbers', 'read-write', true);

create table yilu.cases (
  insurer text not null,
  id uuid not null,
  number text not null,
  version int not null,         -- counts what changes `allowed`
  last_seq int not null,        -- of its events
  plan text not null,
  edition text not null,
  service text not null,
  kind text not null,
  chart_version int not null,
  policy_id uuid not null,
  person_id uuid not null,      -- who is served
  applicant_account uuid,       -- who filed it
  applicant_relation text not null,
  channel text not null check (channel in ('portal', 'hotline')),
  state text not null,
  final boolean not null,
  suspended boolean not null default false,
  turn text not null,
  context bytea not null,       -- sealed: the chart's context
  provider text,                -- who has it now; its staff see it
  assignee uuid,                -- the case manager
  reviewer uuid,
  attention text[] not null default '{}', -- fixed vocabulary: provider-silent, review-by-rule, cannot-reach…
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (insurer, id),
  unique (insurer, number),
  foreign key (insurer, policy_id) references yilu.policies (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index cases_of_person on yilu.cases (insurer, person_id, opened_at);
create index cases_of_policy on yilu.cases (insurer, policy_id) where not final;
create index cases_by_turn on yilu.cases (insurer, turn, changed_at) where not final;
create index cases_of_provider on yilu.cases (insurer, provider) where not final;
select yilu.grant_table('cases', 'read-write', true);

create table yilu.events (
  insurer text not null,
  case_id uuid not null,
  seq int not null,
  id uuid not null,
  type text not null,
  schema_version int not null,
  actor_account uuid,
  actor_role text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  state_after text not null,
  payload bytea not null,       -- sealed
  milestones jsonb not null default '[]', -- [{name, occurredAt}]: fixed vocabulary and moments only
  primary key (insurer, case_id, seq),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
select yilu.grant_table('events', 'insert-only', true);

-- A promise or a target of one case. Overdue is derived, never stored; a breach is a fact that survives completion.
create table yilu.clocks (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  promise text not null,
  occurrence int not null,
  target boolean not null,
  clause text,
  unit text not null,
  amount int not null,
  rule_set text not null,       -- plan edition and calendar version that set it
  started_at timestamptz not null,
  first_due timestamptz not null,
  due timestamptz not null,
  provisional boolean not null,
  told_provisional boolean not null,
  met_at timestamptz,
  recorded_at timestamptz,      -- when the meeting was recorded
  void_at timestamptz,
  breached_at timestamptz,      -- the due moment that passed unmet; for ever
  corrected_by uuid,            -- the approval that marked the breach corrected
  primary key (insurer, id),
  unique (insurer, case_id, promise, occurrence),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create index clocks_open on yilu.clocks (insurer, due) where met_at is null and void_at is null;
select yilu.grant_table('clocks', 'read-write', true);

-- Spans in which a case's clocks stood: the ledger from which every due moment is computed again.
create table yilu.pauses (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  reason text not null check (reason in ('papers', 'suspension')),
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create unique index pauses_one_open on yilu.pauses (insurer, case_id, reason) where to_at is null;
select yilu.grant_table('pauses', 'read-write', true);

create table yilu.clock_moves (
  insurer text not null,
  id uuid not null,
  clock_id uuid not null,
  at timestamptz not null,
  from_due timestamptz not null,
  to_due timestamptz not null,
  why text not null,            -- papers | suspension | calendar | reopened
  primary key (insurer, id),
  foreign key (insurer, clock_id) references yilu.clocks (insurer, id)
);
create index clock_moves_of_clock on yilu.clock_moves (insurer, clock_id);
select yilu.grant_table('clock_moves', 'insert-only', true);

create table yilu.breaches (
  insurer text not null,
  id uuid not null,
  clock_id uuid not null,
  case_id uuid not null,
  due_at timestamptz not null,
  turn_at_due text not null,
  proposed_cause text not null,
  confirm_by timestamptz not null,
  confirmed_cause text,
  confirmed_by uuid,
  confirmed_at timestamptz,
  appeal bytea,                 -- sealed text of the provider's appeal
  primary key (insurer, id),
  unique (insurer, clock_id, due_at),
  foreign key (insurer, clock_id) references yilu.clocks (insurer, id)
);
select yilu.grant_table('breaches', 'read-write', true);

-- The lock row of a limit: one row a person, service and scope of the limit. The ledger below is what it protects.
create table yilu.entitlements (
  insurer text not null,
  id uuid not null,
  policy_id uuid not null,
  person_id uuid not null,
  service text not null,
  primary key (insurer, id),
  unique (insurer, policy_id, person_id, service)
);
select yilu.grant_table('entitlements', 'read-write', true);

create table yilu.uses (
  insurer text not null,
  id uuid not null,
  entitlement_id uuid not null,
  case_id uuid not null,
  move text not null check (move in ('hold', 'spend', 'release', 'restore')),
  cause text not null,
  clause text,
  actor_account uuid,
  actor_role text not null,
  on_day date not null,
  at timestamptz not null,
  seq int not null,
  primary key (insurer, id),
  unique (insurer, case_id, seq),
  foreign key (insurer, entitlement_id) references yilu.entitlements (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create unique index uses_one_hold_a_case on yilu.uses (insurer, case_id) where move = 'hold';
create index uses_of_entitlement on yilu.uses (insurer, entitlement_id);
select yilu.grant_table('uses', 'insert-only', true);

-- Whatever will happen at a moment of business time. The worker claims due rows with skip locked.
create table yilu.timers (
  insurer text not null,
  id uuid not null,
  due_at timestamptz not null,
  kind text not null,
  subject uuid not null,        -- the case, clock, person… the kind speaks of
  unique_key text not null,
  data jsonb not null default '{}', -- ids and codes only
  done_at timestamptz,
  attempts int not null default 0,
  last_error text,
  primary key (insurer, id),
  unique (insurer, unique_key)
);
create index timers_open on yilu.timers (insurer, due_at) where done_at is null;
select yilu.grant_table('timers', 'read-write', true);

-- Two people: what one asks, another decides.
create table yilu.approvals (
  insurer text not null,
  id uuid not null,
  kind text not null,
  case_id uuid,
  subject uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  sealed bytea not null,        -- {reason, details, payload}
  person_id uuid not null,
  state text not null check (state in ('open', 'approved', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  primary key (insurer, id),
  check (decided_by is null or decided_by <> asked_by)
);
create index approvals_open on yilu.approvals (insurer, asked_at) where state = 'open';
select yilu.grant_table('approvals', 'read-write', true);

-- Idempotency-Key of every POST, answered the same for 7 days, in the same transaction as what it did.
create table yilu.idempotency (
  insurer text not null,
  account text not null,
  key text not null,
  request_hash bytea not null,
  status int,
  response bytea,               -- sealed with the insurer's key
  created_at timestamptz not null,
  primary key (insurer, account, key)
);
select yilu.grant_table('idempotency', 'read-write', true);
