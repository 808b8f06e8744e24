-- Answers that the claims system sent by itself: each once, the newest word on a case counts. What it says stands sealed
-- in the case's own event.
create table yilu.claim_answers (
  insurer text not null,
  id text not null,             -- the claims system's own id of the message
  case_id uuid not null,
  outcome text not null check (outcome in ('paid', 'refused', 'more')),
  decided_at timestamptz not null,
  received_at timestamptz not null, -- business time
  primary key (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create index claim_answers_of_case on yilu.claim_answers (insurer, case_id, decided_at);
select yilu.grant_table('claim_answers', 'insert-only', true);

-- What the hospital's desk closed its own system does not open again.
alter table yilu.hospital_slots add column closed_by_desk boolean not null default false;
