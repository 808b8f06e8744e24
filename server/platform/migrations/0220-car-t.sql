-- CAR-T care: a panel of experts judges the records, each known by her key on the list as a consent names her;
-- and the course after the treatment is kept: the member's diary and answers, the specialist's calls and plans.

alter table yilu.cases add column panel text[] not null default '{}';
create index cases_of_panel on yilu.cases using gin (panel) where not final and panel <> '{}';

create table yilu.course_entries (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('diary', 'answers', 'call', 'nutrition')),
  code text,                    -- of the questionnaire or of the call, as the plan names them
  on_day date not null,         -- the day it speaks of
  sealed bytea not null,        -- what was said: under the person's key
  by_account uuid not null,
  by_role text not null,
  at timestamptz not null,      -- business time
  primary key (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  check ((code is not null) = (kind in ('answers', 'call')))
);
create index course_entries_of_case on yilu.course_entries (insurer, case_id, on_day, at);
select yilu.grant_table('course_entries', 'insert-only', true);
