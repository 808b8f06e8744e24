-- Who did or read what. Rows go in with the business transaction and carry an HMAC of their own but no link: a chain
-- inside the transaction would make every writer wait for the one before. The worker's sealer chains them afterwards.

create table yilu.audit (
  insurer text not null references yilu.insurers (code),
  id uuid not null,             -- version 7: sorts as made within one process
  -- The writing transaction: the sealer takes rows only when no older transaction can still commit. Restoring a dump
  -- into a new server starts this count anew: set it past the old one (pg_resetwal -x) or nothing more is chained.
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,      -- business time
  machine_at timestamptz not null,
  actor_account uuid,           -- null: the system itself
  actor_role text not null,
  actor_provider text,
  action text not null,
  subject text not null,        -- what it was done to: a noun and an id, never a name
  case_id uuid,
  person_id uuid,
  details jsonb not null,       -- ids and codes only
  key_id text not null,         -- the ring's key under which the hmac was made
  hmac bytea not null,
  primary key (insurer, id)
);
create index audit_by_transaction on yilu.audit (insurer, xid, id);
create index audit_by_moment on yilu.audit (insurer, at, id);
create index audit_of_person on yilu.audit (insurer, person_id, at, id);
create index audit_of_case on yilu.audit (insurer, case_id, at, id);
create index audit_of_actor on yilu.audit (insurer, actor_account, at, id);
select yilu.grant_table('audit', 'insert-only', true);

-- The chain: n counts from 1 without a gap; hash is keyed over the one before, the row's id, transaction and hmac.
create table yilu.audit_links (
  insurer text not null,
  n bigint not null check (n > 0),
  audit_id uuid not null,
  xid xid8 not null,
  key_id text not null,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (insurer, n),
  unique (insurer, audit_id)
);
select yilu.grant_table('audit_links', 'insert-only', true);

-- "At this machine time the chain ended with this hash"; the same lines go to a file outside the database.
create table yilu.audit_seals (
  insurer text not null,
  n bigint not null,
  hash bytea not null,
  at timestamptz not null,
  key_id text not null,
  hmac bytea not null,
  primary key (insurer, n)
);
select yilu.grant_table('audit_seals', 'insert-only', true);
