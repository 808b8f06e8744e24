-- Somebody asked to be called back; the service desk does it. What the video queue promises a call for stays there.
create table yilu.call_backs (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,      -- who is called; number and words are sealed under her key
  asked_by uuid not null,
  asked_at timestamptz not null,
  case_id uuid,
  decision_id uuid,
  complaint_id uuid,
  service text,
  matter text not null,         -- asked twice about the same is the same one
  from_at timestamptz not null, -- when it suits her
  to_at timestamptz not null,
  state text not null check (state in ('waiting', 'taken', 'closed', 'withdrawn')),
  taken_by uuid,
  tries int not null default 0 check (tries between 0 and 3),
  next_try_at timestamptz,      -- after a try that did not reach her
  outcome text check (outcome in ('helped', 'passed-on', 'no-longer-needed', 'not-reached')),
  closed_at timestamptz,
  sealed bytea not null,        -- {phone, words}
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  check (from_at < to_at),
  check ((state = 'closed') = (outcome is not null))
);
create unique index call_backs_open_once on yilu.call_backs (insurer, person_id, matter) where state in ('waiting', 'taken');
create index call_backs_to_do on yilu.call_backs (insurer, from_at) where state in ('waiting', 'taken');
select yilu.grant_table('call_backs', 'read-write', true);
create table yilu.call_back_tries (
  insurer text not null,
  id uuid not null,
  call_back_id uuid not null,
  at timestamptz not null,
  by_account uuid not null,
  reached boolean not null,
  sealed bytea,                 -- {note}
  primary key (insurer, id),
  foreign key (insurer, call_back_id) references yilu.call_backs (insurer, id)
);
create index call_back_tries_of on yilu.call_back_tries (insurer, call_back_id, at);
select yilu.grant_table('call_back_tries', 'insert-only', true);
