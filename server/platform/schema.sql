-- Written by server/platform/schema-dump.ts from the migrated database; do not edit.

create table accounts (
  insurer text not null,
  id uuid not null,
  kind text not null,
  person_id uuid,
  sealed bytea not null,
  email_hash bytea,
  phone_hash bytea,
  phone_proven_at timestamp with time zone,
  password_hash text,
  password_set_at timestamp with time zone,
  password_temporary boolean default false not null,
  totp bytea,
  totp_pending bytea,
  totp_last_step bigint,
  roles text[] not null,
  provider text,
  state text default 'active'::text not null,
  last_sign_in_at timestamp with time zone,
  sandbox jsonb,
  created_at timestamp with time zone not null,
  constraint accounts_pkey PRIMARY KEY (insurer, id),
  constraint accounts_insurer_email_hash_key UNIQUE (insurer, email_hash),
  constraint accounts_check CHECK (((kind = 'member'::text) = (person_id IS NOT NULL))),
  constraint accounts_check1 CHECK (((kind = 'member'::text) = (roles = '{member}'::text[]))),
  constraint accounts_kind_check CHECK ((kind = ANY (ARRAY['member'::text, 'staff'::text, 'provider'::text]))),
  constraint accounts_outside_check CHECK (((kind = 'provider'::text) = ((provider IS NOT NULL) AND (((((((((roles = '{provider}'::text[]) OR (roles = '{laboratory}'::text[])) OR (roles = '{expert}'::text[])) OR (roles = '{drug-consultant}'::text[])) OR (roles = '{aid-assistant}'::text[])) OR (roles = '{car-t-specialist}'::text[])) OR (roles = '{pharmacist}'::text[])) OR (roles = '{video-doctor}'::text[])) OR (roles = '{hospital-staff}'::text[]))))),
  constraint accounts_roles_check CHECK ((cardinality(roles) > 0)),
  constraint accounts_state_check CHECK ((state = ANY (ARRAY['active'::text, 'locked'::text, 'left'::text]))),
  constraint accounts_insurer_fkey FOREIGN KEY (insurer) REFERENCES insurers(code),
  constraint accounts_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX accounts_by_phone ON yilu.accounts USING btree (insurer, phone_hash) WHERE (phone_hash IS NOT NULL);
CREATE UNIQUE INDEX accounts_of_person ON yilu.accounts USING btree (insurer, person_id) WHERE (person_id IS NOT NULL);
CREATE UNIQUE INDEX accounts_of_sandbox ON yilu.accounts USING btree (insurer, ((sandbox ->> 'key'::text))) WHERE (sandbox IS NOT NULL);
alter table accounts force row level security;
create policy insurer_only on accounts for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on accounts to yilu_app;

create table aid_moves (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  number integer not null,
  kind text not null,
  recorded_by uuid,
  recorded_at timestamp with time zone not null,
  sealed bytea not null,
  constraint aid_moves_pkey PRIMARY KEY (insurer, id),
  constraint aid_moves_insurer_case_id_number_key UNIQUE (insurer, case_id, number),
  constraint aid_moves_kind_check CHECK ((kind = ANY (ARRAY['bought'::text, 'struck'::text, 'approved'::text, 'refused'::text, 'collected'::text, 'excused'::text, 'given-up'::text, 'ended'::text, 'resumed'::text]))),
  constraint aid_moves_number_check CHECK ((number > 0)),
  constraint aid_moves_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint aid_moves_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX aid_moves_of_person ON yilu.aid_moves USING btree (insurer, person_id, recorded_at);
alter table aid_moves force row level security;
create policy insurer_only on aid_moves for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on aid_moves to yilu_app;

create table approvals (
  insurer text not null,
  id uuid not null,
  kind text not null,
  case_id uuid,
  subject uuid not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  sealed bytea not null,
  person_id uuid not null,
  state text not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint approvals_pkey PRIMARY KEY (insurer, id),
  constraint approvals_check CHECK (((decided_by IS NULL) OR (decided_by <> asked_by))),
  constraint approvals_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'refused'::text])))
);
CREATE INDEX approvals_open ON yilu.approvals USING btree (insurer, asked_at) WHERE (state = 'open'::text);
alter table approvals force row level security;
create policy insurer_only on approvals for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on approvals to yilu_app;

create table audit (
  insurer text not null,
  id uuid not null,
  xid xid8 default pg_current_xact_id() not null,
  at timestamp with time zone not null,
  machine_at timestamp with time zone not null,
  actor_account uuid,
  actor_role text not null,
  actor_provider text,
  action text not null,
  subject text not null,
  case_id uuid,
  person_id uuid,
  details jsonb not null,
  key_id text not null,
  hmac bytea not null,
  constraint audit_pkey PRIMARY KEY (insurer, id),
  constraint audit_insurer_fkey FOREIGN KEY (insurer) REFERENCES insurers(code)
);
CREATE INDEX audit_by_moment ON yilu.audit USING btree (insurer, at, id);
CREATE INDEX audit_by_transaction ON yilu.audit USING btree (insurer, xid, id);
CREATE INDEX audit_of_actor ON yilu.audit USING btree (insurer, actor_account, at, id);
CREATE INDEX audit_of_case ON yilu.audit USING btree (insurer, case_id, at, id);
CREATE INDEX audit_of_person ON yilu.audit USING btree (insurer, person_id, at, id);
alter table audit force row level security;
create policy insurer_only on audit for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on audit to yilu_app;

create table audit_links (
  insurer text not null,
  n bigint not null,
  audit_id uuid not null,
  xid xid8 not null,
  key_id text not null,
  prev_hash bytea not null,
  hash bytea not null,
  constraint audit_links_pkey PRIMARY KEY (insurer, n),
  constraint audit_links_insurer_audit_id_key UNIQUE (insurer, audit_id),
  constraint audit_links_n_check CHECK ((n > 0))
);
alter table audit_links force row level security;
create policy insurer_only on audit_links for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on audit_links to yilu_app;

create table audit_seals (
  insurer text not null,
  n bigint not null,
  hash bytea not null,
  at timestamp with time zone not null,
  key_id text not null,
  hmac bytea not null,
  constraint audit_seals_pkey PRIMARY KEY (insurer, n)
);
alter table audit_seals force row level security;
create policy insurer_only on audit_seals for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on audit_seals to yilu_app;

create table bar_corrections (
  insurer text not null,
  bar_id uuid not null,
  approval_id uuid,
  recorded_at timestamp with time zone not null,
  complaint_id uuid,
  constraint bar_corrections_pkey PRIMARY KEY (insurer, bar_id),
  constraint bar_corrections_by_one CHECK ((num_nonnulls(approval_id, complaint_id) = 1)),
  constraint bar_corrections_insurer_bar_id_fkey FOREIGN KEY (insurer, bar_id) REFERENCES bars(insurer, id)
);
alter table bar_corrections force row level security;
create policy insurer_only on bar_corrections for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on bar_corrections to yilu_app;

create table bars (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  policy_id uuid not null,
  case_id uuid not null,
  illness_kind text not null,
  sealed bytea not null,
  recorded_by uuid not null,
  recorded_at timestamp with time zone not null,
  constraint bars_pkey PRIMARY KEY (insurer, id),
  constraint bars_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX bars_of_person ON yilu.bars USING btree (insurer, person_id, policy_id);
alter table bars force row level security;
create policy insurer_only on bars for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on bars to yilu_app;

create table breaches (
  insurer text not null,
  id uuid not null,
  clock_id uuid not null,
  case_id uuid not null,
  due_at timestamp with time zone not null,
  turn_at_due text not null,
  proposed_cause text not null,
  confirm_by timestamp with time zone not null,
  confirmed_cause text,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  appeal bytea,
  provider text,
  constraint breaches_pkey PRIMARY KEY (insurer, id),
  constraint breaches_insurer_clock_id_due_at_key UNIQUE (insurer, clock_id, due_at),
  constraint breaches_insurer_clock_id_fkey FOREIGN KEY (insurer, clock_id) REFERENCES clocks(insurer, id)
);
alter table breaches force row level security;
create policy insurer_only on breaches for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on breaches to yilu_app;

create table calendar_years (
  insurer text not null,
  year integer not null,
  version integer not null,
  notice text not null,
  partial boolean not null,
  days jsonb not null,
  import_id uuid not null,
  constraint calendar_years_pkey PRIMARY KEY (insurer, year, version),
  constraint calendar_years_insurer_import_id_fkey FOREIGN KEY (insurer, import_id) REFERENCES imports(insurer, id)
);
alter table calendar_years force row level security;
create policy insurer_only on calendar_years for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on calendar_years to yilu_app;

create table call_back_tries (
  insurer text not null,
  id uuid not null,
  call_back_id uuid not null,
  at timestamp with time zone not null,
  by_account uuid not null,
  reached boolean not null,
  sealed bytea,
  constraint call_back_tries_pkey PRIMARY KEY (insurer, id),
  constraint call_back_tries_insurer_call_back_id_fkey FOREIGN KEY (insurer, call_back_id) REFERENCES call_backs(insurer, id)
);
CREATE INDEX call_back_tries_of ON yilu.call_back_tries USING btree (insurer, call_back_id, at);
alter table call_back_tries force row level security;
create policy insurer_only on call_back_tries for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on call_back_tries to yilu_app;

create table call_backs (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  case_id uuid,
  decision_id uuid,
  complaint_id uuid,
  service text,
  matter text not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  state text not null,
  taken_by uuid,
  tries integer default 0 not null,
  next_try_at timestamp with time zone,
  outcome text,
  closed_at timestamp with time zone,
  sealed bytea not null,
  constraint call_backs_pkey PRIMARY KEY (insurer, id),
  constraint call_backs_check CHECK ((from_at < to_at)),
  constraint call_backs_check1 CHECK (((state = 'closed'::text) = (outcome IS NOT NULL))),
  constraint call_backs_outcome_check CHECK ((outcome = ANY (ARRAY['helped'::text, 'passed-on'::text, 'no-longer-needed'::text, 'not-reached'::text]))),
  constraint call_backs_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'closed'::text, 'withdrawn'::text]))),
  constraint call_backs_tries_check CHECK (((tries >= 0) AND (tries <= 3))),
  constraint call_backs_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE UNIQUE INDEX call_backs_open_once ON yilu.call_backs USING btree (insurer, person_id, matter) WHERE (state = ANY (ARRAY['waiting'::text, 'taken'::text]));
CREATE INDEX call_backs_to_do ON yilu.call_backs USING btree (insurer, from_at) WHERE (state = ANY (ARRAY['waiting'::text, 'taken'::text]));
alter table call_backs force row level security;
create policy insurer_only on call_backs for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on call_backs to yilu_app;

create table case_numbers (
  insurer text not null,
  prefix text not null,
  day date not null,
  last integer not null,
  constraint case_numbers_pkey PRIMARY KEY (insurer, prefix, day)
);
alter table case_numbers force row level security;
create policy insurer_only on case_numbers for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on case_numbers to yilu_app;

create table case_papers (
  insurer text not null,
  case_id uuid not null,
  paper_id uuid not null,
  kind text not null,
  verdict text not null,
  sealed bytea,
  attached_by uuid,
  attached_at timestamp with time zone not null,
  verdict_by uuid,
  verdict_at timestamp with time zone,
  constraint case_papers_pkey PRIMARY KEY (insurer, case_id, paper_id, kind),
  constraint case_papers_verdict_check CHECK ((verdict = ANY (ARRAY['received'::text, 'accepted'::text, 'rejected'::text, 'replaced'::text]))),
  constraint case_papers_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint case_papers_insurer_paper_id_fkey FOREIGN KEY (insurer, paper_id) REFERENCES papers(insurer, id)
);
CREATE INDEX case_papers_of_paper ON yilu.case_papers USING btree (insurer, paper_id);
alter table case_papers force row level security;
create policy insurer_only on case_papers for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on case_papers to yilu_app;

create table cases (
  insurer text not null,
  id uuid not null,
  number text not null,
  version integer not null,
  last_seq integer not null,
  plan text not null,
  edition text not null,
  service text not null,
  kind text not null,
  chart_version integer not null,
  policy_id uuid not null,
  person_id uuid not null,
  applicant_account uuid,
  applicant_relation text not null,
  channel text not null,
  state text not null,
  final boolean not null,
  suspended boolean default false not null,
  turn text not null,
  context bytea not null,
  provider text,
  assignee uuid,
  reviewer uuid,
  attention text[] default '{}'::text[] not null,
  opened_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  laboratory text,
  expert text,
  pharmacy text,
  panel text[] default '{}'::text[] not null,
  doctor text,
  act text default 'use'::text not null,
  constraint cases_pkey PRIMARY KEY (insurer, id),
  constraint cases_insurer_number_key UNIQUE (insurer, number),
  constraint cases_act_check CHECK ((act = ANY (ARRAY['open'::text, 'use'::text]))),
  constraint cases_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'hotline'::text]))),
  constraint cases_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id),
  constraint cases_insurer_policy_id_fkey FOREIGN KEY (insurer, policy_id) REFERENCES policies(insurer, id)
);
CREATE INDEX cases_by_turn ON yilu.cases USING btree (insurer, turn, changed_at) WHERE (NOT final);
CREATE INDEX cases_of_doctor ON yilu.cases USING btree (insurer, doctor) WHERE ((doctor IS NOT NULL) AND (NOT final));
CREATE INDEX cases_of_expert ON yilu.cases USING btree (insurer, expert) WHERE ((expert IS NOT NULL) AND (NOT final));
CREATE INDEX cases_of_laboratory ON yilu.cases USING btree (insurer, laboratory) WHERE ((laboratory IS NOT NULL) AND (NOT final));
CREATE INDEX cases_of_panel ON yilu.cases USING gin (panel) WHERE ((NOT final) AND (panel <> '{}'::text[]));
CREATE INDEX cases_of_person ON yilu.cases USING btree (insurer, person_id, opened_at);
CREATE INDEX cases_of_pharmacy ON yilu.cases USING btree (insurer, pharmacy) WHERE ((pharmacy IS NOT NULL) AND (NOT final));
CREATE INDEX cases_of_policy ON yilu.cases USING btree (insurer, policy_id) WHERE (NOT final);
CREATE INDEX cases_of_provider ON yilu.cases USING btree (insurer, provider) WHERE (NOT final);
alter table cases force row level security;
create policy insurer_only on cases for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on cases to yilu_app;

create table claim_answers (
  insurer text not null,
  id text not null,
  case_id uuid not null,
  outcome text not null,
  decided_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  constraint claim_answers_pkey PRIMARY KEY (insurer, id),
  constraint claim_answers_outcome_check CHECK ((outcome = ANY (ARRAY['paid'::text, 'refused'::text, 'more'::text]))),
  constraint claim_answers_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id)
);
CREATE INDEX claim_answers_of_case ON yilu.claim_answers USING btree (insurer, case_id, decided_at);
alter table claim_answers force row level security;
create policy insurer_only on claim_answers for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on claim_answers to yilu_app;

create table clock_moves (
  insurer text not null,
  id uuid not null,
  clock_id uuid not null,
  at timestamp with time zone not null,
  from_due timestamp with time zone not null,
  to_due timestamp with time zone not null,
  why text not null,
  constraint clock_moves_pkey PRIMARY KEY (insurer, id),
  constraint clock_moves_insurer_clock_id_fkey FOREIGN KEY (insurer, clock_id) REFERENCES clocks(insurer, id)
);
CREATE INDEX clock_moves_of_clock ON yilu.clock_moves USING btree (insurer, clock_id);
alter table clock_moves force row level security;
create policy insurer_only on clock_moves for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on clock_moves to yilu_app;

create table clocks (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  promise text not null,
  occurrence integer not null,
  target boolean not null,
  clause text,
  unit text not null,
  amount integer not null,
  rule_set text not null,
  started_at timestamp with time zone not null,
  first_due timestamp with time zone not null,
  due timestamp with time zone not null,
  provisional boolean not null,
  told_provisional boolean not null,
  met_at timestamp with time zone,
  recorded_at timestamp with time zone,
  void_at timestamp with time zone,
  breached_at timestamp with time zone,
  corrected_by uuid,
  constraint clocks_pkey PRIMARY KEY (insurer, id),
  constraint clocks_insurer_case_id_promise_occurrence_key UNIQUE (insurer, case_id, promise, occurrence),
  constraint clocks_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id)
);
CREATE INDEX clocks_open ON yilu.clocks USING btree (insurer, due) WHERE ((met_at IS NULL) AND (void_at IS NULL));
alter table clocks force row level security;
create policy insurer_only on clocks for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on clocks to yilu_app;

create table complaint_events (
  insurer text not null,
  id uuid not null,
  complaint_id uuid not null,
  round integer not null,
  type text not null,
  at timestamp with time zone not null,
  actor_account uuid,
  actor_role text not null,
  data jsonb default '{}'::jsonb not null,
  sealed bytea,
  constraint complaint_events_pkey PRIMARY KEY (insurer, id),
  constraint complaint_events_insurer_complaint_id_fkey FOREIGN KEY (insurer, complaint_id) REFERENCES complaints(insurer, id)
);
CREATE INDEX complaint_events_of ON yilu.complaint_events USING btree (insurer, complaint_id, at, id);
alter table complaint_events force row level security;
create policy insurer_only on complaint_events for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on complaint_events to yilu_app;

create table complaint_rounds (
  insurer text not null,
  complaint_id uuid not null,
  round integer not null,
  started_at timestamp with time zone not null,
  norm text not null,
  first_due_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  handler uuid,
  outcome text,
  answered_by uuid,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  breached_at timestamp with time zone,
  constraint complaint_rounds_pkey PRIMARY KEY (insurer, complaint_id, round),
  constraint complaint_rounds_outcome_check CHECK ((outcome = ANY (ARRAY['upheld'::text, 'overturned'::text, 'partly'::text, 'settled'::text]))),
  constraint complaint_rounds_round_check CHECK ((round = ANY (ARRAY[1, 2]))),
  constraint complaint_rounds_insurer_complaint_id_fkey FOREIGN KEY (insurer, complaint_id) REFERENCES complaints(insurer, id)
);
CREATE INDEX complaint_rounds_by_due ON yilu.complaint_rounds USING btree (insurer, due_at) WHERE ((answered_at IS NULL) AND (ended_at IS NULL));
alter table complaint_rounds force row level security;
create policy insurer_only on complaint_rounds for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on complaint_rounds to yilu_app;

create table complaints (
  insurer text not null,
  id uuid not null,
  number text not null,
  kind text not null,
  person_id uuid not null,
  complainant uuid,
  relation text not null,
  channel text not null,
  filed_by uuid not null,
  filed_at timestamp with time zone not null,
  case_id uuid,
  decision_id uuid,
  service text,
  matter text not null,
  state text not null,
  round integer default 1 not null,
  sealed bytea not null,
  sealed_as text default 'complaints'::text not null,
  constraint complaints_pkey PRIMARY KEY (insurer, id),
  constraint complaints_insurer_number_key UNIQUE (insurer, number),
  constraint complaints_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'hotline'::text, 'letter'::text]))),
  constraint complaints_check CHECK (((kind = 'decision'::text) = (decision_id IS NOT NULL))),
  constraint complaints_kind_check CHECK ((kind = ANY (ARRAY['case'::text, 'decision'::text, 'service'::text, 'conduct'::text, 'waiting'::text, 'data'::text, 'other'::text]))),
  constraint complaints_relation_check CHECK ((relation = ANY (ARRAY['self'::text, 'agent'::text, 'guardian'::text, 'heir'::text]))),
  constraint complaints_round_check CHECK ((round = ANY (ARRAY[1, 2]))),
  constraint complaints_sealed_as_check CHECK ((sealed_as = ANY (ARRAY['complaints'::text, 'appeals'::text]))),
  constraint complaints_state_check CHECK ((state = ANY (ARRAY['received'::text, 'acknowledged'::text, 'looked-into'::text, 'asked'::text, 'answered'::text, 'withdrawn'::text]))),
  constraint complaints_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint complaints_insurer_decision_id_fkey FOREIGN KEY (insurer, decision_id) REFERENCES decisions(insurer, id),
  constraint complaints_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX complaints_of_case ON yilu.complaints USING btree (insurer, case_id);
CREATE INDEX complaints_of_complainant ON yilu.complaints USING btree (insurer, complainant);
CREATE INDEX complaints_of_decision ON yilu.complaints USING btree (insurer, decision_id);
CREATE INDEX complaints_of_person ON yilu.complaints USING btree (insurer, person_id);
CREATE UNIQUE INDEX complaints_open_once ON yilu.complaints USING btree (insurer, matter) WHERE (state <> ALL (ARRAY['answered'::text, 'withdrawn'::text]));
alter table complaints force row level security;
create policy insurer_only on complaints for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on complaints to yilu_app;

create table consent_withdrawals (
  insurer text not null,
  consent_id uuid not null,
  at timestamp with time zone not null,
  by uuid,
  how text not null,
  constraint consent_withdrawals_pkey PRIMARY KEY (insurer, consent_id),
  constraint consent_withdrawals_how_check CHECK ((how = ANY (ARRAY['portal'::text, 'verified-call'::text, 'paper'::text, 'system'::text]))),
  constraint consent_withdrawals_insurer_consent_id_fkey FOREIGN KEY (insurer, consent_id) REFERENCES consents(insurer, id)
);
alter table consent_withdrawals force row level security;
create policy insurer_only on consent_withdrawals for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on consent_withdrawals to yilu_app;

create table consents (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  case_id uuid,
  recipient text not null,
  purpose text not null,
  plan text not null,
  edition text not null,
  text_id text not null,
  text_version integer not null,
  fields text[] not null,
  days_after_end integer not null,
  given_at timestamp with time zone not null,
  given_by uuid not null,
  how text not null,
  constraint consents_pkey PRIMARY KEY (insurer, id),
  constraint consents_days_after_end_check CHECK ((days_after_end >= 0)),
  constraint consents_how_check CHECK ((how = ANY (ARRAY['portal'::text, 'verified-call'::text, 'paper'::text]))),
  constraint consents_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint consents_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX consents_of_person ON yilu.consents USING btree (insurer, person_id, recipient, given_at);
alter table consents force row level security;
create policy insurer_only on consents for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on consents to yilu_app;

create table course_entries (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  kind text not null,
  code text,
  on_day date not null,
  sealed bytea not null,
  by_account uuid not null,
  by_role text not null,
  at timestamp with time zone not null,
  constraint course_entries_pkey PRIMARY KEY (insurer, id),
  constraint course_entries_check CHECK (((code IS NOT NULL) = (kind = ANY (ARRAY['answers'::text, 'call'::text])))),
  constraint course_entries_kind_check CHECK ((kind = ANY (ARRAY['diary'::text, 'answers'::text, 'call'::text, 'nutrition'::text]))),
  constraint course_entries_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint course_entries_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX course_entries_of_case ON yilu.course_entries USING btree (insurer, case_id, on_day, at);
alter table course_entries force row level security;
create policy insurer_only on course_entries for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on course_entries to yilu_app;

create table decisions (
  insurer text not null,
  id uuid not null,
  policy_id uuid not null,
  person_id uuid not null,
  case_id uuid,
  plan text not null,
  edition text,
  service text not null,
  outcome text not null,
  decided_at timestamp with time zone not null,
  decided_by uuid,
  taken_by text not null,
  sealed bytea not null,
  constraint decisions_pkey PRIMARY KEY (insurer, id),
  constraint decisions_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'review'::text, 'refused'::text]))),
  constraint decisions_taken_by_check CHECK ((taken_by = ANY (ARRAY['rules'::text, 'person'::text]))),
  constraint decisions_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX decisions_of_case ON yilu.decisions USING btree (insurer, case_id);
CREATE INDEX decisions_of_person ON yilu.decisions USING btree (insurer, person_id, decided_at);
alter table decisions force row level security;
create policy insurer_only on decisions for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on decisions to yilu_app;

create table delegation_ends (
  insurer text not null,
  delegation_id uuid not null,
  ended_at timestamp with time zone not null,
  ended_by uuid not null,
  constraint delegation_ends_pkey PRIMARY KEY (insurer, delegation_id),
  constraint delegation_ends_insurer_delegation_id_fkey FOREIGN KEY (insurer, delegation_id) REFERENCES delegations(insurer, id)
);
alter table delegation_ends force row level security;
create policy insurer_only on delegation_ends for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on delegation_ends to yilu_app;

create table delegations (
  insurer text not null,
  id uuid not null,
  from_person uuid not null,
  to_person uuid not null,
  matter text not null,
  until_day date not null,
  given_at timestamp with time zone not null,
  given_by uuid not null,
  constraint delegations_pkey PRIMARY KEY (insurer, id),
  constraint delegations_check CHECK ((from_person <> to_person)),
  constraint delegations_insurer_from_person_fkey FOREIGN KEY (insurer, from_person) REFERENCES persons(insurer, id),
  constraint delegations_insurer_to_person_fkey FOREIGN KEY (insurer, to_person) REFERENCES persons(insurer, id)
);
CREATE INDEX delegations_given ON yilu.delegations USING btree (insurer, from_person, to_person);
CREATE INDEX delegations_received ON yilu.delegations USING btree (insurer, to_person);
alter table delegations force row level security;
create policy insurer_only on delegations for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on delegations to yilu_app;

create table deliveries (
  insurer text not null,
  id uuid not null,
  outbox_id uuid not null,
  person_id uuid not null,
  channel text not null,
  state text not null,
  urgent boolean not null,
  sealed bytea not null,
  job_id uuid not null,
  attempts integer default 0 not null,
  next_try_at timestamp with time zone,
  last_error text,
  created_at timestamp with time zone not null,
  leaves_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  outside_id text,
  constraint deliveries_pkey PRIMARY KEY (insurer, id),
  constraint deliveries_insurer_outbox_id_person_id_channel_key UNIQUE (insurer, outbox_id, person_id, channel),
  constraint deliveries_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'wechat'::text]))),
  constraint deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'queued'::text, 'sent'::text, 'shown'::text, 'failed'::text, 'dropped'::text]))),
  constraint deliveries_insurer_outbox_id_fkey FOREIGN KEY (insurer, outbox_id) REFERENCES outbox(insurer, id),
  constraint deliveries_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE UNIQUE INDEX deliveries_by_outside_id ON yilu.deliveries USING btree (insurer, channel, outside_id) WHERE (outside_id IS NOT NULL);
CREATE INDEX deliveries_open ON yilu.deliveries USING btree (insurer, created_at, id) WHERE (state = ANY (ARRAY['waiting'::text, 'ready'::text, 'queued'::text, 'failed'::text]));
CREATE INDEX deliveries_ready ON yilu.deliveries USING btree (insurer, id) WHERE (state = 'ready'::text);
alter table deliveries force row level security;
create policy insurer_only on deliveries for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on deliveries to yilu_app;

create table desk_checks (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  agent uuid not null,
  questions text[] not null,
  matched text[] default '{}'::text[] not null,
  state text not null,
  passed_by text,
  started_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint desk_checks_pkey PRIMARY KEY (insurer, id),
  constraint desk_checks_passed_by_check CHECK ((passed_by = ANY (ARRAY['answers'::text, 'code'::text]))),
  constraint desk_checks_state_check CHECK ((state = ANY (ARRAY['asking'::text, 'passed'::text, 'failed'::text, 'locked'::text]))),
  constraint desk_checks_insurer_agent_fkey FOREIGN KEY (insurer, agent) REFERENCES accounts(insurer, id),
  constraint desk_checks_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX desk_checks_of_agent ON yilu.desk_checks USING btree (insurer, agent, person_id, expires_at);
alter table desk_checks force row level security;
create policy insurer_only on desk_checks for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on desk_checks to yilu_app;

create table disclosures (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  case_id uuid not null,
  recipient text not null,
  actor_account uuid,
  groups text[] not null,
  fields text[] not null,
  content_version text not null,
  digest bytea not null,
  consent_id uuid,
  at timestamp with time zone not null,
  constraint disclosures_pkey PRIMARY KEY (insurer, id),
  constraint disclosures_insurer_case_id_recipient_digest_key UNIQUE (insurer, case_id, recipient, digest),
  constraint disclosures_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint disclosures_insurer_consent_id_fkey FOREIGN KEY (insurer, consent_id) REFERENCES consents(insurer, id),
  constraint disclosures_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX disclosures_of_person ON yilu.disclosures USING btree (insurer, person_id, at, id);
alter table disclosures force row level security;
create policy insurer_only on disclosures for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on disclosures to yilu_app;

create table drug_approvals (
  insurer text not null,
  id uuid not null,
  number text not null,
  case_id uuid not null,
  person_id uuid not null,
  policy_id uuid not null,
  plan text not null,
  edition text not null,
  service text not null,
  round integer not null,
  drug uuid not null,
  list_version integer not null,
  provider text not null,
  pharmacy text,
  quantity integer not null,
  given_up integer default 0 not null,
  agreed_price bigint not null,
  social_insurance text not null,
  valid_until date not null,
  year_from date not null,
  state text not null,
  cause text,
  approved_by uuid,
  approved_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint drug_approvals_pkey PRIMARY KEY (insurer, id),
  constraint drug_approvals_insurer_case_id_round_key UNIQUE (insurer, case_id, round),
  constraint drug_approvals_insurer_number_key UNIQUE (insurer, number),
  constraint drug_approvals_agreed_price_check CHECK ((agreed_price >= 0)),
  constraint drug_approvals_check CHECK ((given_up <= quantity)),
  constraint drug_approvals_given_up_check CHECK ((given_up >= 0)),
  constraint drug_approvals_quantity_check CHECK ((quantity > 0)),
  constraint drug_approvals_round_check CHECK ((round > 0)),
  constraint drug_approvals_social_insurance_check CHECK ((social_insurance = ANY (ARRAY['used'::text, 'not-used'::text, 'none'::text]))),
  constraint drug_approvals_state_check CHECK ((state = ANY (ARRAY['reserved'::text, 'dispensed'::text, 'expired'::text, 'released'::text]))),
  constraint drug_approvals_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint drug_approvals_insurer_drug_fkey FOREIGN KEY (insurer, drug) REFERENCES list_rows(insurer, id),
  constraint drug_approvals_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id),
  constraint drug_approvals_insurer_policy_id_fkey FOREIGN KEY (insurer, policy_id) REFERENCES policies(insurer, id)
);
CREATE INDEX drug_approvals_of_person ON yilu.drug_approvals USING btree (insurer, person_id, plan);
CREATE INDEX drug_approvals_of_provider ON yilu.drug_approvals USING btree (insurer, provider, approved_at);
alter table drug_approvals force row level security;
create policy insurer_only on drug_approvals for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on drug_approvals to yilu_app;

create table drug_box_returns (
  insurer text not null,
  box_id uuid not null,
  returned_on date not null,
  cause text not null,
  again boolean not null,
  recorded_by uuid,
  recorded_at timestamp with time zone not null,
  constraint drug_box_returns_pkey PRIMARY KEY (insurer, box_id),
  constraint drug_box_returns_cause_check CHECK ((cause = ANY (ARRAY['damaged'::text, 'recalled'::text, 'wrong'::text, 'not-taken'::text]))),
  constraint drug_box_returns_insurer_box_id_fkey FOREIGN KEY (insurer, box_id) REFERENCES drug_boxes(insurer, id)
);
alter table drug_box_returns force row level security;
create policy insurer_only on drug_box_returns for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on drug_box_returns to yilu_app;

create table drug_boxes (
  insurer text not null,
  id uuid not null,
  dispensing_id uuid not null,
  trace_code text not null,
  batch text not null,
  expires_on date not null,
  price bigint not null,
  charged bigint not null,
  insurer_share bigint not null,
  elsewhere bigint not null,
  waived bigint not null,
  member_share bigint not null,
  deductible bigint not null,
  constraint drug_boxes_pkey PRIMARY KEY (insurer, id),
  constraint drug_boxes_check CHECK ((charged = (((insurer_share + elsewhere) + waived) + member_share))),
  constraint drug_boxes_deductible_check CHECK ((deductible >= 0)),
  constraint drug_boxes_elsewhere_check CHECK ((elsewhere >= 0)),
  constraint drug_boxes_insurer_share_check CHECK ((insurer_share >= 0)),
  constraint drug_boxes_member_share_check CHECK ((member_share >= 0)),
  constraint drug_boxes_waived_check CHECK ((waived >= 0)),
  constraint drug_boxes_insurer_dispensing_id_fkey FOREIGN KEY (insurer, dispensing_id) REFERENCES drug_dispensings(insurer, id)
);
CREATE INDEX drug_boxes_by_code ON yilu.drug_boxes USING btree (insurer, trace_code);
CREATE INDEX drug_boxes_of_dispensing ON yilu.drug_boxes USING btree (insurer, dispensing_id);
alter table drug_boxes force row level security;
create policy insurer_only on drug_boxes for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on drug_boxes to yilu_app;

create table drug_dispensings (
  insurer text not null,
  id uuid not null,
  approval_id uuid not null,
  person_id uuid not null,
  pharmacy text not null,
  on_day date not null,
  year_from date not null,
  social_insurance text not null,
  cold_chain_fee bigint not null,
  figures jsonb not null,
  recorded_by uuid,
  recorded_at timestamp with time zone not null,
  constraint drug_dispensings_pkey PRIMARY KEY (insurer, id),
  constraint drug_dispensings_cold_chain_fee_check CHECK ((cold_chain_fee >= 0)),
  constraint drug_dispensings_social_insurance_check CHECK ((social_insurance = ANY (ARRAY['used'::text, 'not-used'::text, 'none'::text]))),
  constraint drug_dispensings_insurer_approval_id_fkey FOREIGN KEY (insurer, approval_id) REFERENCES drug_approvals(insurer, id)
);
CREATE INDEX drug_dispensings_of_approval ON yilu.drug_dispensings USING btree (insurer, approval_id);
alter table drug_dispensings force row level security;
create policy insurer_only on drug_dispensings for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on drug_dispensings to yilu_app;

create table drug_receipts (
  insurer text not null,
  dispensing_id uuid not null,
  signed_on date not null,
  recorded_by uuid,
  recorded_at timestamp with time zone not null,
  constraint drug_receipts_pkey PRIMARY KEY (insurer, dispensing_id),
  constraint drug_receipts_insurer_dispensing_id_fkey FOREIGN KEY (insurer, dispensing_id) REFERENCES drug_dispensings(insurer, id)
);
alter table drug_receipts force row level security;
create policy insurer_only on drug_receipts for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on drug_receipts to yilu_app;

create table entitlements (
  insurer text not null,
  id uuid not null,
  policy_id uuid not null,
  person_id uuid not null,
  service text not null,
  constraint entitlements_pkey PRIMARY KEY (insurer, id),
  constraint entitlements_insurer_policy_id_person_id_service_key UNIQUE (insurer, policy_id, person_id, service)
);
alter table entitlements force row level security;
create policy insurer_only on entitlements for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on entitlements to yilu_app;

create table events (
  insurer text not null,
  case_id uuid not null,
  seq integer not null,
  id uuid not null,
  type text not null,
  schema_version integer not null,
  actor_account uuid,
  actor_role text not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  state_after text not null,
  payload bytea not null,
  milestones jsonb default '[]'::jsonb not null,
  constraint events_pkey PRIMARY KEY (insurer, case_id, seq),
  constraint events_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id)
);
alter table events force row level security;
create policy insurer_only on events for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on events to yilu_app;

create table hospital_slots (
  insurer text not null,
  id uuid not null,
  provider text not null,
  item text not null,
  department text default ''::text not null,
  doctor text default ''::text not null,
  package text default ''::text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  capacity integer not null,
  taken integer default 0 not null,
  closed_at timestamp with time zone,
  sample boolean default false not null,
  closed_by_desk boolean default false not null,
  constraint hospital_slots_pkey PRIMARY KEY (insurer, id),
  constraint hospital_slots_insurer_provider_item_department_doctor_pack_key UNIQUE (insurer, provider, item, department, doctor, package, starts_at),
  constraint hospital_slots_capacity_check CHECK (((capacity >= 1) AND (capacity <= 200))),
  constraint hospital_slots_check CHECK (((taken >= 0) AND (taken <= capacity))),
  constraint hospital_slots_check1 CHECK ((starts_at < ends_at)),
  constraint hospital_slots_item_check CHECK ((item = ANY (ARRAY['outpatient'::text, 'expert'::text, 'check-up'::text, 'accompaniment'::text])))
);
CREATE INDEX hospital_slots_by_time ON yilu.hospital_slots USING btree (insurer, provider, item, starts_at);
alter table hospital_slots force row level security;
create policy insurer_only on hospital_slots for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on hospital_slots to yilu_app;

create table hospital_takings (
  insurer text not null,
  case_id uuid not null,
  slot_id uuid not null,
  taken_at timestamp with time zone not null,
  constraint hospital_takings_pkey PRIMARY KEY (insurer, case_id),
  constraint hospital_takings_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint hospital_takings_insurer_slot_id_fkey FOREIGN KEY (insurer, slot_id) REFERENCES hospital_slots(insurer, id)
);
CREATE INDEX hospital_takings_of_slot ON yilu.hospital_takings USING btree (insurer, slot_id);
alter table hospital_takings force row level security;
create policy insurer_only on hospital_takings for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on hospital_takings to yilu_app;

create table idempotency (
  insurer text not null,
  account text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  response bytea,
  created_at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (insurer, account, key)
);
alter table idempotency force row level security;
create policy insurer_only on idempotency for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on idempotency to yilu_app;

create table imports (
  insurer text not null,
  id uuid not null,
  kind text not null,
  source text not null,
  imported_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  imported_by uuid,
  rows integer not null,
  added integer not null,
  changed integer not null,
  removed integer not null,
  skipped integer not null,
  constraint imports_pkey PRIMARY KEY (insurer, id),
  constraint imports_insurer_fkey FOREIGN KEY (insurer) REFERENCES insurers(code)
);
CREATE INDEX imports_by_kind ON yilu.imports USING btree (insurer, kind, imported_at);
alter table imports force row level security;
create policy insurer_only on imports for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on imports to yilu_app;

create table inbox_messages (
  insurer text not null,
  id uuid not null,
  outbox_id uuid not null,
  owner_kind text not null,
  owner_id uuid not null,
  template text not null,
  case_id uuid,
  urgent boolean not null,
  sealed_for uuid,
  sealed bytea not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint inbox_messages_pkey PRIMARY KEY (insurer, id),
  constraint inbox_messages_insurer_outbox_id_owner_id_key UNIQUE (insurer, outbox_id, owner_id),
  constraint inbox_messages_check CHECK (((owner_kind = 'person'::text) = (sealed_for IS NOT NULL))),
  constraint inbox_messages_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['person'::text, 'account'::text]))),
  constraint inbox_messages_insurer_outbox_id_fkey FOREIGN KEY (insurer, outbox_id) REFERENCES outbox(insurer, id)
);
CREATE INDEX inbox_by_moment ON yilu.inbox_messages USING btree (insurer, created_at, id);
CREATE INDEX inbox_of_owner ON yilu.inbox_messages USING btree (insurer, owner_id, created_at, id);
alter table inbox_messages force row level security;
create policy insurer_only on inbox_messages for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on inbox_messages to yilu_app;

create table instance (
  single boolean default true not null,
  mode text not null,
  created_at timestamp with time zone not null,
  constraint instance_pkey PRIMARY KEY (single),
  constraint instance_mode_check CHECK ((mode = ANY (ARRAY['sandbox'::text, 'production'::text]))),
  constraint instance_single_check CHECK (single)
);
grant select on instance to yilu_app;

create table insurers (
  code text not null,
  name_zh text not null,
  name_en text not null,
  hosts text[] default '{}'::text[] not null,
  key_check text,
  constraint insurers_pkey PRIMARY KEY (code),
  constraint insurers_code_check CHECK ((code ~ '^[a-z0-9-]{1,32}$'::text))
);
grant select on insurers to yilu_app;

create table known_devices (
  insurer text not null,
  account_id uuid not null,
  device_hash bytea not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint known_devices_pkey PRIMARY KEY (insurer, account_id, device_hash),
  constraint known_devices_insurer_account_id_fkey FOREIGN KEY (insurer, account_id) REFERENCES accounts(insurer, id)
);
alter table known_devices force row level security;
create policy insurer_only on known_devices for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on known_devices to yilu_app;

create table list_rows (
  insurer text not null,
  id uuid not null,
  list text not null,
  row_key text not null,
  version_from integer not null,
  version_to integer,
  effective_from date,
  effective_to date,
  "row" jsonb not null,
  label text not null,
  search text not null,
  city text,
  hospital text,
  departments text[] default '{}'::text[] not null,
  sample boolean not null,
  constraint list_rows_pkey PRIMARY KEY (insurer, id),
  constraint list_rows_check CHECK (((version_to IS NULL) OR (version_from < version_to))),
  constraint list_rows_check1 CHECK (((effective_to IS NULL) OR (effective_from IS NULL) OR (effective_from <= effective_to))),
  constraint list_rows_insurer_list_version_from_fkey FOREIGN KEY (insurer, list, version_from) REFERENCES list_versions(insurer, list, version)
);
CREATE INDEX list_rows_by_city ON yilu.list_rows USING btree (insurer, list, city);
CREATE INDEX list_rows_by_department ON yilu.list_rows USING gin (departments);
CREATE INDEX list_rows_by_hospital ON yilu.list_rows USING btree (insurer, list, hospital) WHERE (hospital IS NOT NULL);
CREATE INDEX list_rows_by_key ON yilu.list_rows USING btree (insurer, list, row_key, version_from);
CREATE INDEX list_rows_by_label ON yilu.list_rows USING btree (insurer, list, label, id);
CREATE UNIQUE INDEX list_rows_one_open ON yilu.list_rows USING btree (insurer, list, row_key) WHERE (version_to IS NULL);
alter table list_rows force row level security;
create policy insurer_only on list_rows for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on list_rows to yilu_app;

create table list_versions (
  insurer text not null,
  list text not null,
  version integer not null,
  effective_from date not null,
  import_id uuid not null,
  sample boolean not null,
  constraint list_versions_pkey PRIMARY KEY (insurer, list, version),
  constraint list_versions_list_check CHECK ((list = ANY (ARRAY['hospitals'::text, 'experts'::text, 'providers'::text, 'drugs'::text, 'pharmacies'::text, 'cart-hospitals'::text, 'cart-pharmacies'::text, 'programmes'::text, 'trials'::text, 'video-doctors'::text, 'departments'::text, 'hospital-doctors'::text, 'packages'::text]))),
  constraint list_versions_insurer_import_id_fkey FOREIGN KEY (insurer, import_id) REFERENCES imports(insurer, id)
);
CREATE INDEX list_versions_by_day ON yilu.list_versions USING btree (insurer, list, effective_from);
alter table list_versions force row level security;
create policy insurer_only on list_versions for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on list_versions to yilu_app;

create table minor_grants (
  insurer text not null,
  id uuid not null,
  account uuid not null,
  person_id uuid not null,
  how text not null,
  granted_by uuid not null,
  granted_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint minor_grants_pkey PRIMARY KEY (insurer, id),
  constraint minor_grants_check CHECK ((ends_at > granted_at)),
  constraint minor_grants_check1 CHECK (((how = 'verified-call'::text) OR (granted_by <> account))),
  constraint minor_grants_how_check CHECK ((how = ANY (ARRAY['approved'::text, 'assigned'::text, 'verified-call'::text]))),
  constraint minor_grants_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX minor_grants_of_account ON yilu.minor_grants USING btree (insurer, account, person_id, ends_at);
alter table minor_grants force row level security;
create policy insurer_only on minor_grants for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on minor_grants to yilu_app;

create table one_time_codes (
  insurer text not null,
  id uuid not null,
  purpose text not null,
  target_hash bytea not null,
  subject uuid,
  code_hmac bytea not null,
  attempts integer default 0 not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint one_time_codes_pkey PRIMARY KEY (insurer, id),
  constraint one_time_codes_purpose_check CHECK ((purpose = ANY (ARRAY['sign-in'::text, 'old-phone'::text, 'new-phone'::text, 'desk-check'::text, 'signature'::text, 'wechat'::text])))
);
CREATE INDEX one_time_codes_open ON yilu.one_time_codes USING btree (insurer, purpose, target_hash, created_at) WHERE (used_at IS NULL);
alter table one_time_codes force row level security;
create policy insurer_only on one_time_codes for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on one_time_codes to yilu_app;

create table outbox (
  insurer text not null,
  id uuid not null,
  channel text not null,
  unique_key text not null,
  template text,
  account_id uuid,
  person_id uuid,
  provider text,
  role text,
  live_kind text,
  case_id uuid,
  params jsonb default '{}'::jsonb not null,
  urgent boolean default false not null,
  created_at timestamp with time zone not null,
  attempts integer default 0 not null,
  next_try_at timestamp with time zone,
  last_error text,
  done_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (insurer, id),
  constraint outbox_insurer_unique_key_key UNIQUE (insurer, unique_key),
  constraint outbox_channel_check CHECK ((channel = ANY (ARRAY['message'::text, 'live'::text]))),
  constraint outbox_check CHECK (
CASE channel
    WHEN 'message'::text THEN ((template IS NOT NULL) AND (live_kind IS NULL) AND (num_nonnulls(account_id, person_id, provider, role) = 1))
    ELSE ((template IS NULL) AND (live_kind IS NOT NULL))
END),
  constraint outbox_live_kind_check CHECK ((live_kind = ANY (ARRAY['case'::text, 'inbox'::text, 'clock'::text]))),
  constraint outbox_insurer_fkey FOREIGN KEY (insurer) REFERENCES insurers(code)
);
CREATE INDEX outbox_open ON yilu.outbox USING btree (insurer, id) WHERE (done_at IS NULL);
alter table outbox force row level security;
create policy insurer_only on outbox for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on outbox to yilu_app;

create table outgoing_calls (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  act text not null,
  unique_key text not null,
  state text default 'ready'::text not null,
  attempts integer default 0 not null,
  next_try_at timestamp with time zone,
  last_error text,
  created_at timestamp with time zone not null,
  constraint outgoing_calls_pkey PRIMARY KEY (insurer, id),
  constraint outgoing_calls_insurer_unique_key_key UNIQUE (insurer, unique_key),
  constraint outgoing_calls_act_check CHECK ((act = ANY (ARRAY['book'::text, 'move'::text, 'cancel'::text, 'claim'::text, 'opening'::text]))),
  constraint outgoing_calls_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'done'::text, 'failed'::text]))),
  constraint outgoing_calls_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id)
);
CREATE INDEX outgoing_calls_ready ON yilu.outgoing_calls USING btree (insurer, id) WHERE (state = 'ready'::text);
alter table outgoing_calls force row level security;
create policy insurer_only on outgoing_calls for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on outgoing_calls to yilu_app;

create table paper_images (
  insurer text not null,
  paper_id uuid not null,
  images integer not null,
  sealed bytea not null,
  constraint paper_images_pkey PRIMARY KEY (insurer, paper_id),
  constraint paper_images_images_check CHECK ((images > 0)),
  constraint paper_images_insurer_paper_id_fkey FOREIGN KEY (insurer, paper_id) REFERENCES papers(insurer, id)
);
alter table paper_images force row level security;
create policy insurer_only on paper_images for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on paper_images to yilu_app;

create table paper_verdicts (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  paper_id uuid not null,
  kind text not null,
  verdict text not null,
  sealed bytea,
  by uuid,
  at timestamp with time zone not null,
  constraint paper_verdicts_pkey PRIMARY KEY (insurer, id),
  constraint paper_verdicts_verdict_check CHECK ((verdict = ANY (ARRAY['received'::text, 'accepted'::text, 'rejected'::text, 'replaced'::text]))),
  constraint paper_verdicts_insurer_case_id_paper_id_kind_fkey FOREIGN KEY (insurer, case_id, paper_id, kind) REFERENCES case_papers(insurer, case_id, paper_id, kind)
);
CREATE INDEX paper_verdicts_of_case ON yilu.paper_verdicts USING btree (insurer, case_id, at);
alter table paper_verdicts force row level security;
create policy insurer_only on paper_verdicts for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on paper_verdicts to yilu_app;

create table papers (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  pages integer not null,
  storage_key text not null,
  sealed bytea not null,
  received_at timestamp with time zone not null,
  received_by uuid,
  constraint papers_pkey PRIMARY KEY (insurer, id),
  constraint papers_bytes_check CHECK ((bytes > 0)),
  constraint papers_pages_check CHECK ((pages > 0)),
  constraint papers_type_check CHECK ((type = ANY (ARRAY['jpg'::text, 'png'::text, 'pdf'::text, 'zip'::text]))),
  constraint papers_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX papers_of_person ON yilu.papers USING btree (insurer, person_id, received_at);
CREATE UNIQUE INDEX papers_once ON yilu.papers USING btree (insurer, person_id, kind, sha256);
alter table papers force row level security;
create policy insurer_only on papers for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on papers to yilu_app;

create table pauses (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  reason text not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone,
  constraint pauses_pkey PRIMARY KEY (insurer, id),
  constraint pauses_reason_check CHECK ((reason = ANY (ARRAY['papers'::text, 'suspension'::text]))),
  constraint pauses_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id)
);
CREATE UNIQUE INDEX pauses_one_open ON yilu.pauses USING btree (insurer, case_id, reason) WHERE (to_at IS NULL);
alter table pauses force row level security;
create policy insurer_only on pauses for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on pauses to yilu_app;

create table person_facts (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  value text not null,
  effective_from timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid,
  evidence text,
  constraint person_facts_pkey PRIMARY KEY (insurer, id),
  constraint person_facts_kind_check CHECK ((kind = ANY (ARRAY['capacity'::text, 'death'::text]))),
  constraint person_facts_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX person_facts_of_person ON yilu.person_facts USING btree (insurer, person_id, kind, recorded_at);
alter table person_facts force row level security;
create policy insurer_only on person_facts for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on person_facts to yilu_app;

create table person_keys (
  insurer text not null,
  person_id uuid not null,
  wrapped bytea not null,
  constraint person_keys_pkey PRIMARY KEY (insurer, person_id),
  constraint person_keys_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
alter table person_keys force row level security;
create policy insurer_only on person_keys for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on person_keys to yilu_app;

create table person_locks (
  insurer text not null,
  person_id uuid not null,
  day date not null,
  failures integer not null,
  locked_at timestamp with time zone,
  constraint person_locks_pkey PRIMARY KEY (insurer, person_id, day),
  constraint person_locks_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
alter table person_locks force row level security;
create policy insurer_only on person_locks for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on person_locks to yilu_app;

create table persons (
  insurer text not null,
  id uuid not null,
  sealed bytea not null,
  id_hash bytea,
  phone_hash bytea,
  name_hash bytea not null,
  mainland_citizen boolean not null,
  created_at timestamp with time zone not null,
  constraint persons_pkey PRIMARY KEY (insurer, id),
  constraint persons_insurer_fkey FOREIGN KEY (insurer) REFERENCES insurers(code)
);
CREATE UNIQUE INDEX persons_by_id_number ON yilu.persons USING btree (insurer, id_hash);
CREATE INDEX persons_by_name ON yilu.persons USING btree (insurer, name_hash);
CREATE INDEX persons_by_phone ON yilu.persons USING btree (insurer, phone_hash);
alter table persons force row level security;
create policy insurer_only on persons for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on persons to yilu_app;

create table phrases (
  insurer text not null,
  id uuid not null,
  title text not null,
  text text not null,
  uses text[] not null,
  version integer default 1 not null,
  retired boolean default false not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null,
  constraint phrases_pkey PRIMARY KEY (insurer, id),
  constraint phrases_text_check CHECK (((length(text) >= 1) AND (length(text) <= 500))),
  constraint phrases_title_check CHECK (((length(title) >= 1) AND (length(title) <= 40))),
  constraint phrases_uses_check CHECK (((uses <@ ARRAY['member'::text, 'note'::text, 'call'::text]) AND (uses <> '{}'::text[]))),
  constraint phrases_insurer_fkey FOREIGN KEY (insurer) REFERENCES insurers(code)
);
alter table phrases force row level security;
create policy insurer_only on phrases for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on phrases to yilu_app;

create table policies (
  insurer text not null,
  id uuid not null,
  policy_no text not null,
  plan text not null,
  effective_from date not null,
  expires_on date not null,
  cooling_off_ends_on date,
  waiting_ends_on date,
  renewed_from text,
  parameters jsonb default '{}'::jsonb not null,
  holder_id uuid not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint policies_pkey PRIMARY KEY (insurer, id),
  constraint policies_insurer_policy_no_key UNIQUE (insurer, policy_no),
  constraint policies_check CHECK ((effective_from <= expires_on)),
  constraint policies_insurer_fkey FOREIGN KEY (insurer) REFERENCES insurers(code),
  constraint policies_insurer_holder_id_fkey FOREIGN KEY (insurer, holder_id) REFERENCES persons(insurer, id)
);
CREATE INDEX policies_of_holder ON yilu.policies USING btree (insurer, holder_id);
alter table policies force row level security;
create policy insurer_only on policies for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on policies to yilu_app;

create table policy_persons (
  insurer text not null,
  policy_id uuid not null,
  person_id uuid not null,
  role text not null,
  added_on date not null,
  constraint policy_persons_pkey PRIMARY KEY (insurer, policy_id, person_id, role),
  constraint policy_persons_role_check CHECK ((role = ANY (ARRAY['policyholder'::text, 'insured'::text, 'beneficiary'::text]))),
  constraint policy_persons_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id),
  constraint policy_persons_insurer_policy_id_fkey FOREIGN KEY (insurer, policy_id) REFERENCES policies(insurer, id)
);
CREATE INDEX policy_persons_of_person ON yilu.policy_persons USING btree (insurer, person_id);
alter table policy_persons force row level security;
create policy insurer_only on policy_persons for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on policy_persons to yilu_app;

create table policy_states (
  insurer text not null,
  id uuid not null,
  policy_id uuid not null,
  state text not null,
  effective_from timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint policy_states_pkey PRIMARY KEY (insurer, id),
  constraint policy_states_insurer_policy_id_effective_from_recorded_at_key UNIQUE (insurer, policy_id, effective_from, recorded_at),
  constraint policy_states_state_check CHECK ((state = ANY (ARRAY['in-force'::text, 'suspended'::text, 'terminated'::text]))),
  constraint policy_states_insurer_policy_id_fkey FOREIGN KEY (insurer, policy_id) REFERENCES policies(insurer, id)
);
CREATE INDEX policy_states_of_policy ON yilu.policy_states USING btree (insurer, policy_id, effective_from);
alter table policy_states force row level security;
create policy insurer_only on policy_states for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on policy_states to yilu_app;

create table rate_limits (
  insurer text not null,
  bucket text not null,
  window_started_at timestamp with time zone not null,
  count integer not null,
  constraint rate_limits_pkey PRIMARY KEY (insurer, bucket)
);
alter table rate_limits force row level security;
create policy insurer_only on rate_limits for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on rate_limits to yilu_app;

create table sandbox_clock (
  single boolean default true not null,
  anchor_business timestamp with time zone not null,
  anchor_machine timestamp with time zone not null,
  constraint sandbox_clock_pkey PRIMARY KEY (single),
  constraint sandbox_clock_single_check CHECK (single)
);
grant delete, insert, select, update on sandbox_clock to yilu_app;

create table sandbox_outside (
  insurer text not null,
  id uuid not null,
  unique_key text not null,
  channel text not null,
  sealed bytea not null,
  at timestamp with time zone not null,
  constraint sandbox_outside_pkey PRIMARY KEY (insurer, id),
  constraint sandbox_outside_insurer_unique_key_key UNIQUE (insurer, unique_key),
  constraint sandbox_outside_channel_check CHECK ((channel = 'sms'::text))
);
CREATE INDEX sandbox_outside_by_moment ON yilu.sandbox_outside USING btree (insurer, at, id);
alter table sandbox_outside force row level security;
create policy insurer_only on sandbox_outside for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on sandbox_outside to yilu_app;

create table satisfactions (
  insurer text not null,
  case_id uuid not null,
  person_id uuid not null,
  service text not null,
  kind text not null,
  provider text,
  asked_at timestamp with time zone,
  ended_at timestamp with time zone,
  stars integer,
  low boolean default false not null,
  reasons text[] default '{}'::text[] not null,
  words bytea,
  by_role text,
  said_at timestamp with time zone,
  changed_at timestamp with time zone,
  constraint satisfactions_pkey PRIMARY KEY (insurer, case_id),
  constraint satisfactions_by_role_check CHECK ((by_role = ANY (ARRAY['member'::text, 'applicant'::text]))),
  constraint satisfactions_check CHECK (((stars IS NULL) = (said_at IS NULL))),
  constraint satisfactions_stars_check CHECK (((stars >= 1) AND (stars <= 5))),
  constraint satisfactions_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id)
);
CREATE INDEX satisfactions_by_month ON yilu.satisfactions USING btree (insurer, COALESCE(asked_at, said_at));
CREATE INDEX satisfactions_low ON yilu.satisfactions USING btree (insurer, said_at DESC) WHERE low;
alter table satisfactions force row level security;
create policy insurer_only on satisfactions for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on satisfactions to yilu_app;

create table schema_migrations (
  id integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null,
  constraint schema_migrations_pkey PRIMARY KEY (id)
);
grant select on schema_migrations to yilu_app;

create table sessions (
  insurer text not null,
  id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  idle_seconds integer not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint sessions_pkey PRIMARY KEY (insurer, id),
  constraint sessions_insurer_token_hash_key UNIQUE (insurer, token_hash),
  constraint sessions_insurer_account_id_fkey FOREIGN KEY (insurer, account_id) REFERENCES accounts(insurer, id)
);
CREATE INDEX sessions_open ON yilu.sessions USING btree (insurer, account_id) WHERE (ended_at IS NULL);
alter table sessions force row level security;
create policy insurer_only on sessions for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on sessions to yilu_app;

create table settlement_accounts (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  plan text not null,
  policy_id uuid,
  year_from date,
  constraint settlement_accounts_pkey PRIMARY KEY (insurer, id),
  constraint settlement_accounts_check CHECK (((policy_id IS NULL) = (year_from IS NULL))),
  constraint settlement_accounts_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE UNIQUE INDEX settlement_accounts_of_life ON yilu.settlement_accounts USING btree (insurer, person_id, plan) WHERE (year_from IS NULL);
CREATE UNIQUE INDEX settlement_accounts_of_year ON yilu.settlement_accounts USING btree (insurer, person_id, policy_id, year_from) WHERE (year_from IS NOT NULL);
alter table settlement_accounts force row level security;
create policy insurer_only on settlement_accounts for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on settlement_accounts to yilu_app;

create table settlement_entries (
  insurer text not null,
  id uuid not null,
  kind text not null,
  person_id uuid not null,
  plan text not null,
  policy_id uuid not null,
  year_from date not null,
  approval_id uuid not null,
  dispensing_id uuid,
  actor_account uuid,
  at timestamp with time zone not null,
  constraint settlement_entries_pkey PRIMARY KEY (insurer, id),
  constraint settlement_entries_kind_check CHECK ((kind = ANY (ARRAY['reserve'::text, 'release'::text, 'settle'::text, 'cold-chain'::text, 'return'::text, 'paid'::text, 'refunded'::text]))),
  constraint settlement_entries_insurer_approval_id_fkey FOREIGN KEY (insurer, approval_id) REFERENCES drug_approvals(insurer, id),
  constraint settlement_entries_insurer_dispensing_id_fkey FOREIGN KEY (insurer, dispensing_id) REFERENCES drug_dispensings(insurer, id)
);
CREATE INDEX settlement_entries_of_approval ON yilu.settlement_entries USING btree (insurer, approval_id);
CREATE INDEX settlement_entries_of_person ON yilu.settlement_entries USING btree (insurer, person_id, plan, policy_id, year_from);
alter table settlement_entries force row level security;
create policy insurer_only on settlement_entries for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on settlement_entries to yilu_app;

create table settlement_flags (
  insurer text not null,
  id uuid not null,
  code text not null,
  approval_id uuid not null,
  pharmacy text not null,
  trace_code text,
  raised_by uuid,
  raised_at timestamp with time zone not null,
  outcome text,
  closed_by uuid,
  closed_at timestamp with time zone,
  constraint settlement_flags_pkey PRIMARY KEY (insurer, id),
  constraint settlement_flags_check CHECK (((outcome IS NULL) = (closed_at IS NULL))),
  constraint settlement_flags_code_check CHECK ((code = ANY (ARRAY['trace-code-used'::text, 'pharmacy-not-agreed'::text]))),
  constraint settlement_flags_outcome_check CHECK ((outcome = ANY (ARRAY['mistake'::text, 'misuse'::text]))),
  constraint settlement_flags_insurer_approval_id_fkey FOREIGN KEY (insurer, approval_id) REFERENCES drug_approvals(insurer, id)
);
CREATE INDEX settlement_flags_open ON yilu.settlement_flags USING btree (insurer, raised_at) WHERE (outcome IS NULL);
alter table settlement_flags force row level security;
create policy insurer_only on settlement_flags for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on settlement_flags to yilu_app;

create table settlement_invoice_files (
  insurer text not null,
  id uuid not null,
  statement_id uuid not null,
  digest text not null,
  rows integer not null,
  received_at timestamp with time zone not null,
  received_by uuid not null,
  constraint settlement_invoice_files_pkey PRIMARY KEY (insurer, id),
  constraint settlement_invoice_files_insurer_statement_id_digest_key UNIQUE (insurer, statement_id, digest),
  constraint settlement_invoice_files_insurer_statement_id_fkey FOREIGN KEY (insurer, statement_id) REFERENCES settlement_statements(insurer, id)
);
alter table settlement_invoice_files force row level security;
create policy insurer_only on settlement_invoice_files for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on settlement_invoice_files to yilu_app;

create table settlement_invoice_lines (
  insurer text not null,
  id uuid not null,
  file_id uuid not null,
  statement_id uuid not null,
  no integer not null,
  invoice text not null,
  approval text not null,
  trace_code text not null,
  quantity integer not null,
  price bigint not null,
  amount bigint not null,
  constraint settlement_invoice_lines_pkey PRIMARY KEY (insurer, id),
  constraint settlement_invoice_lines_insurer_file_id_fkey FOREIGN KEY (insurer, file_id) REFERENCES settlement_invoice_files(insurer, id)
);
CREATE INDEX settlement_invoice_lines_of_statement ON yilu.settlement_invoice_lines USING btree (insurer, statement_id, file_id, no);
alter table settlement_invoice_lines force row level security;
create policy insurer_only on settlement_invoice_lines for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on settlement_invoice_lines to yilu_app;

create table settlement_line_acts (
  insurer text not null,
  id uuid not null,
  statement_id uuid not null,
  line_key uuid not null,
  act text not null,
  quantity integer,
  price bigint,
  amount bigint,
  actor_account uuid not null,
  actor_role text not null,
  at timestamp with time zone not null,
  constraint settlement_line_acts_pkey PRIMARY KEY (insurer, id),
  constraint settlement_line_acts_act_check CHECK ((act = ANY (ARRAY['dispute'::text, 'correct'::text, 'withdraw'::text, 'settle'::text]))),
  constraint settlement_line_acts_check CHECK (((act = 'correct'::text) = ((quantity IS NOT NULL) AND (price IS NOT NULL) AND (amount IS NOT NULL)))),
  constraint settlement_line_acts_insurer_statement_id_fkey FOREIGN KEY (insurer, statement_id) REFERENCES settlement_statements(insurer, id)
);
CREATE INDEX settlement_line_acts_of_statement ON yilu.settlement_line_acts USING btree (insurer, statement_id, line_key, at);
alter table settlement_line_acts force row level security;
create policy insurer_only on settlement_line_acts for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on settlement_line_acts to yilu_app;

create table settlement_postings (
  insurer text not null,
  entry_id uuid not null,
  account text not null,
  amount bigint not null,
  constraint settlement_postings_pkey PRIMARY KEY (insurer, entry_id, account),
  constraint settlement_postings_account_check CHECK ((account = ANY (ARRAY['limit'::text, 'reserved'::text, 'deductible-open'::text, 'deductible-held'::text, 'deductible-met'::text, 'pharmacy'::text, 'insurer'::text, 'elsewhere'::text, 'waived'::text, 'member'::text, 'received'::text]))),
  constraint settlement_postings_amount_check CHECK ((amount <> 0)),
  constraint settlement_postings_insurer_entry_id_fkey FOREIGN KEY (insurer, entry_id) REFERENCES settlement_entries(insurer, id)
);
alter table settlement_postings force row level security;
create policy insurer_only on settlement_postings for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on settlement_postings to yilu_app;

create table settlement_statement_lines (
  insurer text not null,
  statement_id uuid not null,
  version integer not null,
  no integer not null,
  line_key uuid not null,
  box_id uuid,
  invoice_line_id uuid,
  line jsonb not null,
  payable bigint not null,
  constraint settlement_statement_lines_pkey PRIMARY KEY (insurer, statement_id, version, no),
  constraint settlement_statement_lines_insurer_box_id_fkey FOREIGN KEY (insurer, box_id) REFERENCES drug_boxes(insurer, id),
  constraint settlement_statement_lines_insurer_statement_id_fkey FOREIGN KEY (insurer, statement_id) REFERENCES settlement_statements(insurer, id)
);
CREATE INDEX settlement_statement_lines_of_box ON yilu.settlement_statement_lines USING btree (insurer, box_id) WHERE (box_id IS NOT NULL);
alter table settlement_statement_lines force row level security;
create policy insurer_only on settlement_statement_lines for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on settlement_statement_lines to yilu_app;

create table settlement_statements (
  insurer text not null,
  id uuid not null,
  provider text not null,
  month date not null,
  state text not null,
  version integer default 0 not null,
  opened_by uuid not null,
  opened_at timestamp with time zone not null,
  prepared_by uuid,
  prepared_at timestamp with time zone,
  approved_by uuid,
  approved_at timestamp with time zone,
  sent_back text,
  constraint settlement_statements_pkey PRIMARY KEY (insurer, id),
  constraint settlement_statements_insurer_provider_month_key UNIQUE (insurer, provider, month),
  constraint settlement_statements_check CHECK (((approved_by IS NULL) OR (approved_by <> prepared_by))),
  constraint settlement_statements_check1 CHECK (((state = 'approved'::text) = (approved_at IS NOT NULL))),
  constraint settlement_statements_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  constraint settlement_statements_sent_back_check CHECK ((sent_back = ANY (ARRAY['figures'::text, 'differences'::text, 'papers'::text]))),
  constraint settlement_statements_state_check CHECK ((state = ANY (ARRAY['open'::text, 'prepared'::text, 'approved'::text]))),
  constraint settlement_statements_insurer_fkey FOREIGN KEY (insurer) REFERENCES insurers(code)
);
CREATE UNIQUE INDEX settlement_statements_one_open ON yilu.settlement_statements USING btree (insurer, provider) WHERE (state <> 'approved'::text);
alter table settlement_statements force row level security;
create policy insurer_only on settlement_statements for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on settlement_statements to yilu_app;

create table signatures (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  laboratory text not null,
  text_version integer not null,
  signer text not null,
  signed_at timestamp with time zone not null,
  signed_by uuid not null,
  sealed bytea not null,
  constraint signatures_pkey PRIMARY KEY (insurer, id),
  constraint signatures_signer_check CHECK ((signer = ANY (ARRAY['tested-person'::text, 'guardian'::text]))),
  constraint signatures_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint signatures_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX signatures_of_case ON yilu.signatures USING btree (insurer, case_id, signed_at);
alter table signatures force row level security;
create policy insurer_only on signatures for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on signatures to yilu_app;

create table table_classes (
  table_name text not null,
  class text not null,
  insurer_scoped boolean not null,
  constraint table_classes_pkey PRIMARY KEY (table_name),
  constraint table_classes_class_check CHECK ((class = ANY (ARRAY['read-write'::text, 'insert-only'::text, 'read-only'::text])))
);
grant select on table_classes to yilu_app;

create table timers (
  insurer text not null,
  id uuid not null,
  due_at timestamp with time zone not null,
  kind text not null,
  subject uuid not null,
  unique_key text not null,
  data jsonb default '{}'::jsonb not null,
  done_at timestamp with time zone,
  attempts integer default 0 not null,
  last_error text,
  constraint timers_pkey PRIMARY KEY (insurer, id),
  constraint timers_insurer_unique_key_key UNIQUE (insurer, unique_key)
);
CREATE INDEX timers_open ON yilu.timers USING btree (insurer, due_at) WHERE (done_at IS NULL);
alter table timers force row level security;
create policy insurer_only on timers for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on timers to yilu_app;

create table trace_codes (
  insurer text not null,
  trace_code text not null,
  box_id uuid not null,
  constraint trace_codes_pkey PRIMARY KEY (insurer, trace_code),
  constraint trace_codes_insurer_box_id_fkey FOREIGN KEY (insurer, box_id) REFERENCES drug_boxes(insurer, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX trace_codes_of_box ON yilu.trace_codes USING btree (insurer, box_id);
alter table trace_codes force row level security;
create policy insurer_only on trace_codes for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on trace_codes to yilu_app;

create table upload_parts (
  insurer text not null,
  upload_id uuid not null,
  n integer not null,
  digest bytea not null,
  storage_key text not null,
  constraint upload_parts_pkey PRIMARY KEY (insurer, upload_id, n),
  constraint upload_parts_insurer_upload_id_fkey FOREIGN KEY (insurer, upload_id) REFERENCES uploads(insurer, id) ON DELETE CASCADE
);
alter table upload_parts force row level security;
create policy insurer_only on upload_parts for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on upload_parts to yilu_app;

create table uploads (
  insurer text not null,
  id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  kind text not null,
  digest bytea not null,
  bytes bigint not null,
  sealed bytea not null,
  paper_id uuid,
  touched_at timestamp with time zone not null,
  constraint uploads_pkey PRIMARY KEY (insurer, id),
  constraint uploads_insurer_account_id_person_id_kind_digest_key UNIQUE (insurer, account_id, person_id, kind, digest),
  constraint uploads_insurer_account_id_fkey FOREIGN KEY (insurer, account_id) REFERENCES accounts(insurer, id),
  constraint uploads_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX uploads_by_age ON yilu.uploads USING btree (insurer, touched_at);
alter table uploads force row level security;
create policy insurer_only on uploads for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on uploads to yilu_app;

create table uses (
  insurer text not null,
  id uuid not null,
  entitlement_id uuid not null,
  case_id uuid not null,
  move text not null,
  cause text not null,
  clause text,
  actor_account uuid,
  actor_role text not null,
  on_day date not null,
  at timestamp with time zone not null,
  seq integer not null,
  constraint uses_pkey PRIMARY KEY (insurer, id),
  constraint uses_insurer_case_id_seq_key UNIQUE (insurer, case_id, seq),
  constraint uses_move_check CHECK ((move = ANY (ARRAY['hold'::text, 'spend'::text, 'release'::text, 'restore'::text]))),
  constraint uses_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint uses_insurer_entitlement_id_fkey FOREIGN KEY (insurer, entitlement_id) REFERENCES entitlements(insurer, id)
);
CREATE INDEX uses_of_entitlement ON yilu.uses USING btree (insurer, entitlement_id);
CREATE UNIQUE INDEX uses_one_hold_a_case ON yilu.uses USING btree (insurer, case_id) WHERE (move = 'hold'::text);
alter table uses force row level security;
create policy insurer_only on uses for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on uses to yilu_app;

create table video_doctors (
  insurer text not null,
  doctor text not null,
  on_duty boolean not null,
  duty_since timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  load integer default 0 not null,
  missed integer default 0 not null,
  last_offer_at timestamp with time zone,
  constraint video_doctors_pkey PRIMARY KEY (insurer, doctor)
);
alter table video_doctors force row level security;
create policy insurer_only on video_doctors for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on video_doctors to yilu_app;

create table video_note_drafts (
  insurer text not null,
  case_id uuid not null,
  doctor text not null,
  sealed bytea not null,
  written_at timestamp with time zone not null,
  constraint video_note_drafts_pkey PRIMARY KEY (insurer, case_id),
  constraint video_note_drafts_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id)
);
alter table video_note_drafts force row level security;
create policy insurer_only on video_note_drafts for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on video_note_drafts to yilu_app;

create table video_offers (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  doctor text not null,
  offered_at timestamp with time zone not null,
  until timestamp with time zone not null,
  outcome text,
  answered_at timestamp with time zone,
  over_at timestamp with time zone,
  free_at timestamp with time zone,
  constraint video_offers_pkey PRIMARY KEY (insurer, id),
  constraint video_offers_check CHECK (((outcome IS NULL) = (answered_at IS NULL))),
  constraint video_offers_check1 CHECK (((outcome IS NULL) OR (outcome = 'accepted'::text) OR ((over_at IS NOT NULL) AND (free_at IS NOT NULL)))),
  constraint video_offers_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'declined'::text, 'lapsed'::text, 'withdrawn'::text])))
);
CREATE INDEX video_offers_of_case ON yilu.video_offers USING btree (insurer, case_id, offered_at);
CREATE UNIQUE INDEX video_offers_one_a_case ON yilu.video_offers USING btree (insurer, case_id) WHERE (over_at IS NULL);
CREATE UNIQUE INDEX video_offers_one_a_doctor ON yilu.video_offers USING btree (insurer, doctor) WHERE (free_at IS NULL);
alter table video_offers force row level security;
create policy insurer_only on video_offers for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on video_offers to yilu_app;

create table video_openings (
  insurer text not null,
  case_id uuid not null,
  policy_id uuid not null,
  person_id uuid not null,
  service text not null,
  opened_at timestamp with time zone not null,
  constraint video_openings_pkey PRIMARY KEY (insurer, case_id),
  constraint video_openings_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id),
  constraint video_openings_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX video_openings_of_person ON yilu.video_openings USING btree (insurer, policy_id, person_id, service, opened_at DESC);
alter table video_openings force row level security;
create policy insurer_only on video_openings for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant insert, select on video_openings to yilu_app;

create table video_queue (
  insurer text not null,
  case_id uuid not null,
  since timestamp with time zone not null,
  again boolean not null,
  call_back boolean default false not null,
  emergency boolean default false not null,
  not_doctor text,
  constraint video_queue_pkey PRIMARY KEY (insurer, case_id),
  constraint video_queue_insurer_case_id_fkey FOREIGN KEY (insurer, case_id) REFERENCES cases(insurer, id)
);
CREATE INDEX video_queue_order ON yilu.video_queue USING btree (insurer, again DESC, since, case_id);
alter table video_queue force row level security;
create policy insurer_only on video_queue for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on video_queue to yilu_app;

create table video_roster (
  insurer text not null,
  id uuid not null,
  doctor text not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  standby boolean not null,
  by_account uuid,
  constraint video_roster_pkey PRIMARY KEY (insurer, id),
  constraint video_roster_check CHECK ((from_at < to_at))
);
CREATE INDEX video_roster_by_time ON yilu.video_roster USING btree (insurer, from_at, to_at);
alter table video_roster force row level security;
create policy insurer_only on video_roster for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on video_roster to yilu_app;

create table video_seats (
  insurer text not null,
  room uuid not null,
  side text not null,
  seat uuid not null,
  seen_at timestamp with time zone not null,
  constraint video_seats_pkey PRIMARY KEY (insurer, room, side),
  constraint video_seats_side_check CHECK ((side = ANY (ARRAY['doctor'::text, 'member'::text])))
);
alter table video_seats force row level security;
create policy insurer_only on video_seats for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on video_seats to yilu_app;

create table video_signals (
  insurer text not null,
  id bigint generated always as identity not null,
  room uuid not null,
  to_side text not null,
  sealed bytea not null,
  at timestamp with time zone not null,
  constraint video_signals_pkey PRIMARY KEY (insurer, id),
  constraint video_signals_to_side_check CHECK ((to_side = ANY (ARRAY['doctor'::text, 'member'::text])))
);
CREATE INDEX video_signals_to_read ON yilu.video_signals USING btree (insurer, room, to_side, id);
alter table video_signals force row level security;
create policy insurer_only on video_signals for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on video_signals to yilu_app;

create table wechat_bindings (
  insurer text not null,
  id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  openid_hash bytea not null,
  sealed bytea not null,
  subscribed boolean,
  bound_at timestamp with time zone not null,
  constraint wechat_bindings_pkey PRIMARY KEY (insurer, id),
  constraint wechat_bindings_insurer_account_id_key UNIQUE (insurer, account_id),
  constraint wechat_bindings_insurer_openid_hash_key UNIQUE (insurer, openid_hash),
  constraint wechat_bindings_insurer_account_id_fkey FOREIGN KEY (insurer, account_id) REFERENCES accounts(insurer, id),
  constraint wechat_bindings_insurer_person_id_fkey FOREIGN KEY (insurer, person_id) REFERENCES persons(insurer, id)
);
CREATE INDEX wechat_bindings_of_person ON yilu.wechat_bindings USING btree (insurer, person_id);
alter table wechat_bindings force row level security;
create policy insurer_only on wechat_bindings for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on wechat_bindings to yilu_app;

create table wechat_tokens (
  insurer text not null,
  kind text not null,
  sealed bytea,
  expires_at timestamp with time zone,
  constraint wechat_tokens_pkey PRIMARY KEY (insurer, kind),
  constraint wechat_tokens_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'ticket'::text])))
);
alter table wechat_tokens force row level security;
create policy insurer_only on wechat_tokens for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on wechat_tokens to yilu_app;

create table wechat_visits (
  insurer text not null,
  id uuid not null,
  token_hash bytea not null,
  state_hash bytea not null,
  target text not null,
  openid_hash bytea,
  sealed bytea,
  expires_at timestamp with time zone not null,
  constraint wechat_visits_pkey PRIMARY KEY (insurer, id),
  constraint wechat_visits_insurer_token_hash_key UNIQUE (insurer, token_hash),
  constraint wechat_visits_check CHECK (((openid_hash IS NULL) = (sealed IS NULL)))
);
alter table wechat_visits force row level security;
create policy insurer_only on wechat_visits for all using ((insurer = current_setting('yilu.insurer'::text, true))) with check ((insurer = current_setting('yilu.insurer'::text, true)));
grant delete, insert, select, update on wechat_visits to yilu_app;

CREATE OR REPLACE FUNCTION yilu.apply_grants()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'yilu'
AS $function$
declare
  found record;
begin
  for found in
    select c.relname,
           t.class,
           t.insurer_scoped,
           exists (select 1 from pg_attribute a
                    where a.attrelid = c.oid and a.attname = 'insurer' and not a.attisdropped) as has_insurer
      from pg_class c
      left join table_classes t on t.table_name = c.relname
     where c.relnamespace = 'yilu'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname
  loop
    if found.class is null then
      raise exception 'Table yilu.% has no class: add select grant_table(''%'', ''read-write''|''insert-only''|''read-only'') to its migration',
        found.relname, found.relname;
    end if;
    if found.has_insurer is distinct from found.insurer_scoped then
      raise exception 'Table yilu.%: insurer_scoped is %, but a column "insurer" is %', found.relname,
        found.insurer_scoped, case when found.has_insurer then 'there' else 'missing' end;
    end if;
    execute format('revoke all on yilu.%I from public, yilu_app', found.relname);
    execute format('grant %s on yilu.%I to yilu_app',
      case found.class
        when 'read-write' then 'select, insert, update, delete'
        when 'insert-only' then 'select, insert'
        else 'select'
      end, found.relname);
  end loop;

  grant usage on schema yilu to yilu_app;
  grant usage on all sequences in schema yilu to yilu_app;
end $function$
;

CREATE OR REPLACE FUNCTION yilu.grant_table(table_name text, class text, insurer_scoped boolean DEFAULT true)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'yilu'
AS $function$
begin
  if to_regclass('yilu.' || quote_ident(table_name)) is null then
    raise exception 'grant_table: there is no table yilu.%', table_name;
  end if;
  insert into table_classes values (table_name, class, insurer_scoped)
  on conflict on constraint table_classes_pkey
  do update set class = excluded.class, insurer_scoped = excluded.insurer_scoped;

  if insurer_scoped then
    execute format('alter table yilu.%I enable row level security', table_name);
    execute format('alter table yilu.%I force row level security', table_name);
    execute format('drop policy if exists insurer_only on yilu.%I', table_name);
    execute format(
      'create policy insurer_only on yilu.%I using (insurer = current_setting(''yilu.insurer'', true))
         with check (insurer = current_setting(''yilu.insurer'', true))', table_name);
  end if;
end $function$
;
