-- Who of the staff may open a minor's file, by whose word and until when (未成年人网络保护条例 36). Never rewritten: a grant
-- ends by its own moment, or when the person comes of age.
create table yilu.minor_grants (
  insurer text not null,
  id uuid not null,
  account uuid not null,        -- who may open it
  person_id uuid not null,
  how text not null check (how in ('approved', 'assigned', 'verified-call')),
  granted_by uuid not null,     -- the supervisor; for a verified call the agent who checked the caller
  granted_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > granted_at),
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  check (how = 'verified-call' or granted_by <> account)
);
create index minor_grants_of_account on yilu.minor_grants (insurer, account, person_id, ends_at);
select yilu.grant_table('minor_grants', 'insert-only', true);
