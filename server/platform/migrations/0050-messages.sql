-- What people are told. The outbox is written with the change; everything after it is the dispatcher's.

-- A template's code and ids, never text. One row a telling; `unique_key` is (event, n).
create table yilu.outbox (
  insurer text not null references yilu.insurers (code),
  id uuid not null,
  channel text not null check (channel in ('message', 'live')),
  unique_key text not null,
  template text,                -- of a message
  account_id uuid,              -- of a message: exactly one of these four says to whom
  person_id uuid,
  provider text,
  role text,
  live_kind text check (live_kind in ('case', 'inbox', 'clock')),
  case_id uuid,
  params jsonb not null default '{}', -- ids and codes only
  urgent boolean not null default false,
  created_at timestamptz not null,    -- business time
  attempts int not null default 0,
  next_try_at timestamptz,      -- machine time; null: at once
  last_error text,              -- a code, never what was rendered
  done_at timestamptz,          -- machine time
  primary key (insurer, id),
  unique (insurer, unique_key),
  check (case channel when 'message' then template is not null and live_kind is null and num_nonnulls(account_id, person_id, provider, role) = 1
                      else template is null and live_kind is not null end)
);
create index outbox_open on yilu.outbox (insurer, id) where done_at is null;
select yilu.grant_table('outbox', 'read-write', true);

-- What stands in an inbox, in both languages, as it was when it was told: it never changes afterwards. Sealed under
-- the key of the person it speaks of (erasing her erases it in every inbox), a staff account's under the insurer's.
create table yilu.inbox_messages (
  insurer text not null,
  id uuid not null,
  outbox_id uuid not null,
  owner_kind text not null check (owner_kind in ('person', 'account')),
  owner_id uuid not null,
  template text not null,
  case_id uuid,
  urgent boolean not null,
  sealed_for uuid,              -- whose key; null: the insurer's
  sealed bytea not null,        -- {zh: {subject, body}, en: {subject, body}}
  created_at timestamptz not null, -- business time
  read_at timestamptz,          -- business time: a message read may keep a promise
  primary key (insurer, id),
  unique (insurer, outbox_id, owner_id),
  check ((owner_kind = 'person') = (sealed_for is not null)),
  foreign key (insurer, outbox_id) references yilu.outbox (insurer, id)
);
create index inbox_of_owner on yilu.inbox_messages (insurer, owner_id, created_at, id);
create index inbox_by_moment on yilu.inbox_messages (insurer, created_at, id);
select yilu.grant_table('inbox_messages', 'read-write', true);

-- What leaves the house. The id is the idempotency key of the outside call. waiting: for 8:00; ready: for the
-- dispatcher; queued: with pg-boss, which counts the tries; shown: only in the sandbox's viewer; dropped: the person
-- died or was erased, or has no number.
create table yilu.deliveries (
  insurer text not null,
  id uuid not null,
  outbox_id uuid not null,
  person_id uuid not null,
  channel text not null check (channel in ('sms')),
  state text not null check (state in ('waiting', 'ready', 'queued', 'sent', 'shown', 'failed', 'dropped')),
  urgent boolean not null,
  sealed bytea not null,        -- {body}, under the person's key; the number is looked up when it goes
  job_id uuid not null,         -- of pg-boss: handing over twice makes one job
  attempts int not null default 0,
  next_try_at timestamptz,      -- machine time; null: at once
  last_error text,
  created_at timestamptz not null, -- business time
  leaves_at timestamptz not null,  -- business time: not before it
  settled_at timestamptz,       -- machine time
  primary key (insurer, id),
  unique (insurer, outbox_id, person_id, channel),
  foreign key (insurer, outbox_id) references yilu.outbox (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index deliveries_ready on yilu.deliveries (insurer, id) where state = 'ready';
create index deliveries_open on yilu.deliveries (insurer, created_at, id) where state in ('waiting', 'ready', 'queued', 'failed');
select yilu.grant_table('deliveries', 'read-write', true);

-- The sandbox's stand-in for the gateway: what would have left the house, one-time codes included.
create table yilu.sandbox_outside (
  insurer text not null,
  id uuid not null,
  unique_key text not null,     -- the idempotency key it was sent under
  channel text not null check (channel in ('sms')),
  sealed bytea not null,        -- {to, body}, under the insurer's key
  at timestamptz not null,      -- business time
  primary key (insurer, id),
  unique (insurer, unique_key)
);
create index sandbox_outside_by_moment on yilu.sandbox_outside (insurer, at, id);
select yilu.grant_table('sandbox_outside', 'read-write', true);
