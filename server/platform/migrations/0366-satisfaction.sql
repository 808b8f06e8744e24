-- How satisfied the member was, once a case: asked when it ends (or while its chart asks), said by her or who acts for
-- her, changeable for some days. One place for all kinds of case; what she wrote is sealed.
create table yilu.satisfactions (
  insurer text not null,
  case_id uuid not null,
  person_id uuid not null,
  service text not null,
  kind text not null,
  provider text,                    -- who served it when it was asked, by its code in the plan
  asked_at timestamptz,             -- business time; null: she may say it and was not asked
  ended_at timestamptz,             -- when the case ended: the window counts from here
  stars int check (stars between 1 and 5),
  low boolean not null default false, -- at most the plan's lowAtMost
  reasons text[] not null default '{}', -- codes of the plan
  words bytea,                      -- in her own words, under the person's key
  by_role text check (by_role in ('member', 'applicant')),
  said_at timestamptz,
  changed_at timestamptz,
  primary key (insurer, case_id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id),
  check ((stars is null) = (said_at is null))
);
create index satisfactions_by_month on yilu.satisfactions (insurer, (coalesce(asked_at, said_at)));
create index satisfactions_low on yilu.satisfactions (insurer, said_at desc) where low;
select yilu.grant_table('satisfactions', 'read-write', true);
