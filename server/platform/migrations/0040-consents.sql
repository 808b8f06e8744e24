-- What a person agreed to share with whom and for what, what she took back, and what was shared (PIPL 23, 29).
-- Nothing here is ever rewritten: a consent ends by a row of consent_withdrawals or by its case's end.

create table yilu.consents (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  case_id uuid,                 -- null: any case of the purpose
  recipient text not null,      -- a provider's code
  purpose text not null,
  plan text not null,           -- whose text it was
  edition text not null,
  text_id text not null,
  text_version int not null,
  fields text[] not null,       -- field groups, as the text named them
  days_after_end int not null check (days_after_end >= 0),
  given_at timestamptz not null,
  given_by uuid not null,       -- the account that gave it
  how text not null check (how in ('portal', 'verified-call', 'paper')),
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create index consents_of_person on yilu.consents (insurer, person_id, recipient, given_at);
select yilu.grant_table('consents', 'insert-only', true);

create table yilu.consent_withdrawals (
  insurer text not null,
  consent_id uuid not null,
  at timestamptz not null,
  by uuid,                      -- null: it ended with a fact, e.g. a death
  how text not null check (how in ('portal', 'verified-call', 'paper', 'system')),
  primary key (insurer, consent_id),
  foreign key (insurer, consent_id) references yilu.consents (insurer, id)
);
select yilu.grant_table('consent_withdrawals', 'insert-only', true);

-- One row each time a provider is shown something of a case that it had not been shown before: reading the same again
-- adds none (each opening stands in the audit).
create table yilu.disclosures (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  case_id uuid not null,
  recipient text not null,
  actor_account uuid,
  groups text[] not null,
  fields text[] not null,       -- names of fields, never their values
  content_version text not null,
  digest bytea not null,        -- of fields and content version: what makes two disclosures the same
  consent_id uuid,
  at timestamptz not null,
  primary key (insurer, id),
  unique (insurer, case_id, recipient, digest),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id),
  foreign key (insurer, consent_id) references yilu.consents (insurer, id)
);
create index disclosures_of_person on yilu.disclosures (insurer, person_id, at, id);
select yilu.grant_table('disclosures', 'insert-only', true);
