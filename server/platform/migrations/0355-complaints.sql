-- Complaints about a case, a decision (then it is an appeal), a service, somebody's conduct, waiting, data or something
-- else. Appeals become complaints; their words stay sealed as they were (`sealed_as`), since SQL opens nothing.
create table yilu.complaints (
  insurer text not null,
  id uuid not null,
  number text not null,
  kind text not null check (kind in ('case', 'decision', 'service', 'conduct', 'waiting', 'data', 'other')),
  person_id uuid not null,      -- whose matter it is; the words are sealed under her key
  complainant uuid,             -- who complains, where it is a person on file; null: named in the sealed words
  relation text not null check (relation in ('self', 'agent', 'guardian', 'heir')),
  channel text not null check (channel in ('portal', 'hotline', 'letter')),
  filed_by uuid not null,       -- the account that wrote it down
  filed_at timestamptz not null,
  case_id uuid,
  decision_id uuid,
  service text,
  matter text not null,         -- what must not be open twice
  state text not null check (state in ('received', 'acknowledged', 'looked-into', 'asked', 'answered', 'withdrawn')),
  round int not null default 1 check (round in (1, 2)),
  sealed bytea not null,        -- {text, complainant}; of an old appeal {text, answer}
  sealed_as text not null default 'complaints' check (sealed_as in ('complaints', 'appeals')),
  primary key (insurer, id),
  unique (insurer, number),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id),
  foreign key (insurer, decision_id) references yilu.decisions (insurer, id),
  check ((kind = 'decision') = (decision_id is not null))
);
create unique index complaints_open_once on yilu.complaints (insurer, matter) where state not in ('answered', 'withdrawn');
create index complaints_of_person on yilu.complaints (insurer, person_id);
create index complaints_of_complainant on yilu.complaints (insurer, complainant);
create index complaints_of_case on yilu.complaints (insurer, case_id);
create index complaints_of_decision on yilu.complaints (insurer, decision_id);
select yilu.grant_table('complaints', 'read-write', true);

-- The first answer, and a review of it by somebody else. Whether an answer is late is derived; that it was, is recorded.
create table yilu.complaint_rounds (
  insurer text not null,
  complaint_id uuid not null,
  round int not null check (round in (1, 2)),
  started_at timestamptz not null,   -- receipt: of the complaint, or of her asking for the review
  norm text not null,                -- a code of norms/complaints.yaml
  first_due_at timestamptz not null,
  due_at timestamptz not null,
  handler uuid,
  outcome text check (outcome in ('upheld', 'overturned', 'partly', 'settled')),
  answered_by uuid,
  answered_at timestamptz,           -- answered and told
  ended_at timestamptz,              -- taken back before an answer
  breached_at timestamptz,
  primary key (insurer, complaint_id, round),
  foreign key (insurer, complaint_id) references yilu.complaints (insurer, id)
);
create index complaint_rounds_by_due on yilu.complaint_rounds (insurer, due_at) where answered_at is null and ended_at is null;
select yilu.grant_table('complaint_rounds', 'read-write', true);

create table yilu.complaint_events (
  insurer text not null,
  id uuid not null,
  complaint_id uuid not null,
  round int not null,
  type text not null,
  at timestamptz not null,
  actor_account uuid,
  actor_role text not null,
  data jsonb not null default '{}',  -- codes and moments
  sealed bytea,                      -- {text}
  primary key (insurer, id),
  foreign key (insurer, complaint_id) references yilu.complaints (insurer, id)
);
create index complaint_events_of on yilu.complaint_events (insurer, complaint_id, at, id);
select yilu.grant_table('complaint_events', 'insert-only', true);

-- Row-level security is forced on the owner too: who has appeals is read without it, then each insurer's rows as its own.
alter table yilu.appeals no force row level security;
do $$
declare
  whose text;
  one record;
  on_day text;
  running int;
  due_text text;
  days_before int;
begin
  for whose in select distinct insurer from yilu.appeals loop
    perform set_config('yilu.insurer', whose, true);
    for one in
      select a.*, d.service, d.person_id = f.person_id as by_herself, f.person_id as filer, f.kind as filer_kind
        from yilu.appeals a join yilu.decisions d on d.insurer = a.insurer and d.id = a.decision_id
        join yilu.accounts f on f.insurer = a.insurer and f.id = a.filed_by
       where a.insurer = whose order by a.filed_at, a.id
    loop
      on_day := to_char(one.filed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD');
      insert into yilu.case_numbers (insurer, prefix, day, last) values (one.insurer, 'TS', on_day::date, 1)
        on conflict (insurer, prefix, day) do update set last = case_numbers.last + 1 returning last into running;
      insert into yilu.complaints (insurer, id, number, kind, person_id, complainant, relation, channel, filed_by, filed_at,
          case_id, decision_id, service, matter, state, round, sealed, sealed_as)
        values (one.insurer, one.id, 'TS-' || replace(substr(on_day, 3), '-', '') || '-' || lpad(running::text, 4, '0'),
          'decision', one.person_id, coalesce(one.filer, one.person_id),
          case when one.by_herself or one.filer is null then 'self' else 'agent' end,
          case when one.filer_kind = 'member' then 'portal' else 'hotline' end, one.filed_by, one.filed_at,
          one.case_id, one.decision_id, one.service, 'decision/' || one.decision_id,
          case when one.state = 'open' then 'received' else 'answered' end, 1, one.sealed, 'appeals');
      insert into yilu.complaint_rounds (insurer, complaint_id, round, started_at, norm, first_due_at, due_at, outcome,
          handler, answered_by, answered_at, breached_at)
        values (one.insurer, one.id, 1, one.filed_at, 'complaint-answer', one.due_at, one.due_at,
          nullif(one.state, 'open'), one.answered_by, one.answered_by, one.answered_at,
          case when one.answered_at > one.due_at then one.due_at end);
      insert into yilu.complaint_events (insurer, id, complaint_id, round, type, at, actor_account, actor_role)
        values (one.insurer, gen_random_uuid(), one.id, 1, 'filed', one.filed_at, one.filed_by,
          case when one.filer_kind = 'member' then 'member' else 'service-desk' end);
      if one.state = 'open' then
        due_text := to_char(one.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
        foreach days_before in array array[3, 1, 0] loop
          insert into yilu.timers (insurer, id, due_at, kind, subject, unique_key, data)
            values (one.insurer, gen_random_uuid(), one.due_at - make_interval(days => days_before),
              case when days_before = 0 then 'complaint-due' else 'complaint-remind' end, one.id,
              'complaint/' || one.id || '/1/' || due_text || '/' || days_before,
              jsonb_build_object('round', 1, 'due', due_text))
            on conflict (insurer, unique_key) do nothing;
        end loop;
      else
        insert into yilu.complaint_events (insurer, id, complaint_id, round, type, at, actor_account, actor_role, data)
          values (one.insurer, gen_random_uuid(), one.id, 1, 'answered', one.answered_at, one.answered_by, 'reviewer',
            jsonb_build_object('outcome', one.state));
      end if;
    end loop;
  end loop;
  perform set_config('yilu.insurer', '', true);
end $$;
alter table yilu.bar_corrections rename column appeal_id to complaint_id;
delete from yilu.table_classes where table_name = 'appeals';
drop table yilu.appeals;
