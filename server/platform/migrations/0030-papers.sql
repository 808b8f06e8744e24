-- Papers belong to a person and may serve several cases. The file itself lies encrypted in the storage under the
-- person's data key; here is what is needed to find, judge and prove it.

create table yilu.papers (
  insurer text not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,           -- a paper kind of a plan
  type text not null check (type in ('jpg', 'png', 'pdf')),
  bytes bigint not null check (bytes > 0),
  sha256 bytea not null,        -- of the plain file
  pages int not null check (pages > 0),
  storage_key text not null,
  sealed bytea not null,        -- {fileName}
  received_at timestamptz not null,
  received_by uuid,             -- the account that handed it in
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
-- The same file handed in twice as the same kind is the same paper.
create unique index papers_once on yilu.papers (insurer, person_id, kind, sha256);
create index papers_of_person on yilu.papers (insurer, person_id, received_at);
select yilu.grant_table('papers', 'insert-only', true);

-- A paper in a case with its present verdict; how it got there stands in paper_verdicts.
create table yilu.case_papers (
  insurer text not null,
  case_id uuid not null,
  paper_id uuid not null,
  kind text not null,           -- what it serves as in this case
  verdict text not null check (verdict in ('received', 'accepted', 'rejected', 'replaced')),
  sealed bytea,                 -- {reason} told to the member
  attached_by uuid,
  attached_at timestamptz not null,
  verdict_by uuid,
  verdict_at timestamptz,
  primary key (insurer, case_id, paper_id, kind),
  foreign key (insurer, case_id) references yilu.cases (insurer, id),
  foreign key (insurer, paper_id) references yilu.papers (insurer, id)
);
create index case_papers_of_paper on yilu.case_papers (insurer, paper_id);
select yilu.grant_table('case_papers', 'read-write', true);

create table yilu.paper_verdicts (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  paper_id uuid not null,
  kind text not null,
  verdict text not null check (verdict in ('received', 'accepted', 'rejected', 'replaced')),
  sealed bytea,
  by uuid,
  at timestamptz not null,
  primary key (insurer, id),
  foreign key (insurer, case_id, paper_id, kind) references yilu.case_papers (insurer, case_id, paper_id, kind)
);
create index paper_verdicts_of_case on yilu.paper_verdicts (insurer, case_id, at);
select yilu.grant_table('paper_verdicts', 'insert-only', true);
