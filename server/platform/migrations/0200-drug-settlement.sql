-- Direct settlement of special drugs: what was approved and kept back, what was dispensed to the box, and the ledger of
-- an insured and policy year in double entry. Amounts are 分. A drug is known by its row of the list, never by its name.

-- The lock rows of limits: one an insured and policy year, one an insured for life. The ledger is what they protect.
create table yilu.settlement_accounts (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  plan text not null,
  policy_id uuid,               -- null with year_from: the lifetime
  year_from date,
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  check ((policy_id is null) = (year_from is null))
);
create unique index settlement_accounts_of_life on yilu.settlement_accounts (insurer, person_id, plan) where year_from is null;
create unique index settlement_accounts_of_year on yilu.settlement_accounts (insurer, person_id, policy_id, year_from) where year_from is not null;
select yilu.grant_table('settlement_accounts', 'read-write', true);

create table yilu.drug_approvals (
  insurer text not null,
  id uuid not null,
  number text not null,         -- the case's, and which purchase of it
  case_id uuid not null,
  person_id uuid not null,
  policy_id uuid not null,
  plan text not null,
  edition text not null,
  service text not null,
  round int not null check (round > 0),
  drug uuid not null,           -- a row of a list
  list_version int not null,
  provider text not null,       -- whose monthly statement it enters
  pharmacy text,                -- its key on the list, once agreed
  quantity int not null check (quantity > 0),
  given_up int not null default 0 check (given_up >= 0), -- packs that came back and are not given again
  agreed_price bigint not null check (agreed_price >= 0),
  social_insurance text not null check (social_insurance in ('used', 'not-used', 'none')),
  valid_until date not null,
  year_from date not null,      -- the policy year in which it keeps its reservation
  state text not null check (state in ('reserved', 'dispensed', 'expired', 'released')),
  cause text,                   -- of the release
  approved_by uuid,
  approved_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (insurer, id),
  unique (insurer, number),
  unique (insurer, case_id, round),
  foreign key (insurer, case_id) references yilu.cases (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  foreign key (insurer, policy_id) references yilu.policies (insurer, id),
  foreign key (insurer, drug) references yilu.list_rows (insurer, id),
  check (given_up <= quantity)
);
create index drug_approvals_of_person on yilu.drug_approvals (insurer, person_id, plan);
create index drug_approvals_of_provider on yilu.drug_approvals (insurer, provider, approved_at);
select yilu.grant_table('drug_approvals', 'read-write', true);

create table yilu.drug_dispensings (
  insurer text not null,
  id uuid not null,
  approval_id uuid not null,
  person_id uuid not null,
  pharmacy text not null,
  on_day date not null,
  year_from date not null,      -- the policy year of that day: where it is settled
  social_insurance text not null check (social_insurance in ('used', 'not-used', 'none')),
  cold_chain_fee bigint not null check (cold_chain_fee >= 0),
  figures jsonb not null,       -- the quote as it was told: amounts and sentences of amounts
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (insurer, id),
  foreign key (insurer, approval_id) references yilu.drug_approvals (insurer, id)
);
create index drug_dispensings_of_approval on yilu.drug_dispensings (insurer, approval_id);
select yilu.grant_table('drug_dispensings', 'insert-only', true);

-- One row a box, with its share of the line it was settled in: returning it reverses these very amounts.
create table yilu.drug_boxes (
  insurer text not null,
  id uuid not null,
  dispensing_id uuid not null,
  trace_code text not null,     -- a number of the box, like the list row a reference
  batch text not null,
  expires_on date not null,
  price bigint not null,
  charged bigint not null,
  insurer_share bigint not null check (insurer_share >= 0),
  elsewhere bigint not null check (elsewhere >= 0),
  waived bigint not null check (waived >= 0),
  member_share bigint not null check (member_share >= 0),
  deductible bigint not null check (deductible >= 0),
  primary key (insurer, id),
  foreign key (insurer, dispensing_id) references yilu.drug_dispensings (insurer, id),
  check (charged = insurer_share + elsewhere + waived + member_share)
);
create index drug_boxes_of_dispensing on yilu.drug_boxes (insurer, dispensing_id);
create index drug_boxes_by_code on yilu.drug_boxes (insurer, trace_code);
select yilu.grant_table('drug_boxes', 'insert-only', true);

create table yilu.drug_box_returns (
  insurer text not null,
  box_id uuid not null,
  returned_on date not null,
  cause text not null check (cause in ('damaged', 'recalled', 'wrong', 'not-taken')),
  again boolean not null,       -- the approval gives the pack once more
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (insurer, box_id),
  foreign key (insurer, box_id) references yilu.drug_boxes (insurer, id)
);
select yilu.grant_table('drug_box_returns', 'insert-only', true);

create table yilu.drug_receipts (
  insurer text not null,
  dispensing_id uuid not null,
  signed_on date not null,
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (insurer, dispensing_id),
  foreign key (insurer, dispensing_id) references yilu.drug_dispensings (insurer, id)
);
select yilu.grant_table('drug_receipts', 'insert-only', true);

-- Which box a code stands for while it is out: given up again when the box comes back.
create table yilu.trace_codes (
  insurer text not null,
  trace_code text not null,
  box_id uuid not null,
  primary key (insurer, trace_code),
  -- A code is claimed before its box is written, so that a code in use stops the dispensing before anything is settled.
  foreign key (insurer, box_id) references yilu.drug_boxes (insurer, id) deferrable initially deferred
);
create unique index trace_codes_of_box on yilu.trace_codes (insurer, box_id);
select yilu.grant_table('trace_codes', 'read-write', true);

-- What a person has to look into: a code that was dispensed before, a pharmacy that was not agreed.
create table yilu.settlement_flags (
  insurer text not null,
  id uuid not null,
  code text not null check (code in ('trace-code-used', 'pharmacy-not-agreed')),
  approval_id uuid not null,
  pharmacy text not null,
  trace_code text,
  raised_by uuid,
  raised_at timestamptz not null,
  outcome text check (outcome in ('mistake', 'misuse')),
  closed_by uuid,
  closed_at timestamptz,
  primary key (insurer, id),
  foreign key (insurer, approval_id) references yilu.drug_approvals (insurer, id),
  check ((outcome is null) = (closed_at is null))
);
create index settlement_flags_open on yilu.settlement_flags (insurer, raised_at) where outcome is null;
select yilu.grant_table('settlement_flags', 'read-write', true);

create table yilu.settlement_entries (
  insurer text not null,
  id uuid not null,
  kind text not null check (kind in ('reserve', 'release', 'settle', 'cold-chain', 'return', 'paid', 'refunded')),
  person_id uuid not null,
  plan text not null,
  policy_id uuid not null,
  year_from date not null,
  approval_id uuid not null,
  dispensing_id uuid,
  actor_account uuid,
  at timestamptz not null,
  primary key (insurer, id),
  foreign key (insurer, approval_id) references yilu.drug_approvals (insurer, id),
  foreign key (insurer, dispensing_id) references yilu.drug_dispensings (insurer, id)
);
create index settlement_entries_of_person on yilu.settlement_entries (insurer, person_id, plan, policy_id, year_from);
create index settlement_entries_of_approval on yilu.settlement_entries (insurer, approval_id);
select yilu.grant_table('settlement_entries', 'insert-only', true);

create table yilu.settlement_postings (
  insurer text not null,
  entry_id uuid not null,
  account text not null check (account in ('limit', 'reserved', 'deductible-open', 'deductible-held', 'deductible-met',
    'pharmacy', 'insurer', 'elsewhere', 'waived', 'member', 'received')),
  amount bigint not null check (amount <> 0),
  primary key (insurer, entry_id, account),
  foreign key (insurer, entry_id) references yilu.settlement_entries (insurer, id)
);
select yilu.grant_table('settlement_postings', 'insert-only', true);
