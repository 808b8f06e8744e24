-- Calls to systems outside, left behind by the transaction that makes them true and made after it: ids and codes only.
create table yilu.outgoing_calls (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  act text not null check (act in ('book', 'move', 'cancel', 'claim')),
  unique_key text not null,     -- also the idempotency key of the call
  state text not null default 'ready' check (state in ('ready', 'done', 'failed')),
  attempts int not null default 0,
  next_try_at timestamptz,      -- machine time
  last_error text,              -- a fixed word
  created_at timestamptz not null, -- business time
  primary key (insurer, id),
  unique (insurer, unique_key),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create index outgoing_calls_ready on yilu.outgoing_calls (insurer, id) where state = 'ready';
select yilu.grant_table('outgoing_calls', 'read-write', true);
