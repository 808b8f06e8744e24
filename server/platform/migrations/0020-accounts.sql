-- Who may come in: accounts, their sessions and devices, one-time codes, limits, the hotline's checks, and who acts
-- for whom. Sessions, codes, limits and devices live in machine time; checks, locks and delegations in business time.

create table yilu.accounts (
  insurer text not null references yilu.insurers (code),
  id uuid not null,
  kind text not null check (kind in ('member', 'staff', 'provider')),
  person_id uuid,                 -- members only
  sealed bytea not null,          -- {name, email, phone}: under the person's key for members, else the insurer's
  email_hash bytea,
  phone_hash bytea,               -- the number a member signs in with; a family may share one
  phone_proven_at timestamptz,    -- when the identity step was passed on this number
  password_hash text,             -- scrypt, with its own salt and cost
  password_set_at timestamptz,
  password_temporary boolean not null default false, -- set by an administrator: only good for choosing another
  totp bytea,                     -- sealed secret, confirmed
  totp_pending bytea,             -- sealed secret, shown but not yet confirmed
  totp_last_step bigint,          -- a code is taken once
  roles text[] not null check (cardinality(roles) > 0),
  provider text,                  -- the company of provider staff
  state text not null default 'active' check (state in ('active', 'locked', 'left')),
  last_sign_in_at timestamptz,
  sandbox jsonb,                  -- {key, situation, group} of a demonstration account; only in a sandbox
  created_at timestamptz not null,
  primary key (insurer, id),
  unique (insurer, email_hash),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  check ((kind = 'member') = (person_id is not null)),
  check ((kind = 'member') = (roles = '{member}')),
  check ((kind = 'provider') = (provider is not null and roles = '{provider}'))
);
create unique index accounts_of_person on yilu.accounts (insurer, person_id) where person_id is not null;
create index accounts_by_phone on yilu.accounts (insurer, phone_hash) where phone_hash is not null;
create unique index accounts_of_sandbox on yilu.accounts (insurer, (sandbox ->> 'key')) where sandbox is not null;
select yilu.grant_table('accounts', 'read-write', true);

create table yilu.sessions (
  insurer text not null,
  id uuid not null,
  token_hash bytea not null,      -- SHA-256 of 32 random bytes; the token itself is only in the cookie
  account_id uuid not null,
  role text not null,             -- the one in use
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_seconds int not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (insurer, id),
  unique (insurer, token_hash),
  foreign key (insurer, account_id) references yilu.accounts (insurer, id)
);
create index sessions_open on yilu.sessions (insurer, account_id) where ended_at is null;
select yilu.grant_table('sessions', 'read-write', true);

-- A device that passed the identity step (members): SHA-256 of a long-lived cookie.
create table yilu.known_devices (
  insurer text not null,
  account_id uuid not null,
  device_hash bytea not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (insurer, account_id, device_hash),
  foreign key (insurer, account_id) references yilu.accounts (insurer, id)
);
select yilu.grant_table('known_devices', 'read-write', true);

-- A code is kept for numbers we do not know as well, so that both are answered alike in words and in time.
create table yilu.one_time_codes (
  insurer text not null,
  id uuid not null,
  purpose text not null check (purpose in ('sign-in', 'old-phone', 'new-phone', 'desk-check')),
  target_hash bytea not null,     -- keyed hash of the number it went to
  subject uuid,                   -- the account or desk check it is for
  code_hmac bytea not null,
  attempts int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (insurer, id)
);
create index one_time_codes_open on yilu.one_time_codes (insurer, purpose, target_hash, created_at) where used_at is null;
select yilu.grant_table('one_time_codes', 'read-write', true);

-- Buckets are named by rule and keyed hash; no number, address or e-mail stands here.
create table yilu.rate_limits (
  insurer text not null,
  bucket text not null,
  window_started_at timestamptz not null,
  count int not null,
  primary key (insurer, bucket)
);
select yilu.grant_table('rate_limits', 'read-write', true);

create table yilu.desk_checks (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  agent uuid not null,
  questions text[] not null,      -- codes only
  matched text[] not null default '{}',
  state text not null check (state in ('asking', 'passed', 'failed', 'locked')),
  passed_by text check (passed_by in ('answers', 'code')),
  started_at timestamptz not null,
  expires_at timestamptz not null, -- of the asking, and once passed of what it opens
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  foreign key (insurer, agent) references yilu.accounts (insurer, id)
);
create index desk_checks_of_agent on yilu.desk_checks (insurer, agent, person_id, expires_at);
select yilu.grant_table('desk_checks', 'read-write', true);

-- Failed checks of a person's file on one business day; locked_at once there were three.
create table yilu.person_locks (
  insurer text not null,
  person_id uuid not null,
  day date not null,
  failures int not null,
  locked_at timestamptz,
  primary key (insurer, person_id, day),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
select yilu.grant_table('person_locks', 'read-write', true);

-- Who may act for whom; taking it back is a row of its own, so that neither is ever rewritten.
create table yilu.delegations (
  insurer text not null,
  id uuid not null,
  from_person uuid not null,
  to_person uuid not null,
  matter text not null,           -- a service code, or all
  until_day date not null,        -- last day it holds
  given_at timestamptz not null,
  given_by uuid not null,
  primary key (insurer, id),
  foreign key (insurer, from_person) references yilu.persons (insurer, id),
  foreign key (insurer, to_person) references yilu.persons (insurer, id),
  check (from_person <> to_person)
);
create index delegations_given on yilu.delegations (insurer, from_person, to_person);
create index delegations_received on yilu.delegations (insurer, to_person);
select yilu.grant_table('delegations', 'insert-only', true);

create table yilu.delegation_ends (
  insurer text not null,
  delegation_id uuid not null,
  ended_at timestamptz not null,
  ended_by uuid not null,
  primary key (insurer, delegation_id),
  foreign key (insurer, delegation_id) references yilu.delegations (insurer, id)
);
select yilu.grant_table('delegation_ends', 'insert-only', true);
