-- The ledger of a person's boxes in a charity's programme: one row an entry, never rewritten. What it says of the person
-- (drug, programme, days, who paid) is sealed; the number is the entry's place in its case.
create table yilu.aid_moves (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  number int not null check (number > 0),
  kind text not null check (kind in ('bought', 'struck', 'approved', 'refused', 'collected', 'excused', 'given-up', 'ended')),
  recorded_by uuid,             -- the account; null: by itself
  recorded_at timestamptz not null, -- business time
  sealed bytea not null,        -- {move, programme}
  primary key (insurer, id),
  unique (insurer, case_id, number),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create index aid_moves_of_person on yilu.aid_moves (insurer, person_id, recorded_at);
select yilu.grant_table('aid_moves', 'insert-only', true);
