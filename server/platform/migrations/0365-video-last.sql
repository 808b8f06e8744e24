-- What a case was asked for, a service opened or used, as a column: who only opens a service sees its openings alone.
alter table yilu.cases add column act text not null default 'use' check (act in ('open', 'use'));
update yilu.cases c set act = 'open' where exists (
  select 1 from yilu.events e where e.insurer = c.insurer and e.case_id = c.id and e.milestones @> '[{"name": "opening-asked"}]');

-- An opening goes to the provider's system as every call outside does: after the commit of what makes it true.
alter table yilu.outgoing_calls drop constraint outgoing_calls_act_check;
alter table yilu.outgoing_calls add constraint outgoing_calls_act_check
  check (act in ('book', 'move', 'cancel', 'claim', 'opening'));
insert into yilu.outgoing_calls (insurer, id, case_id, act, unique_key, created_at)
  select distinct on (t.insurer, t.subject) t.insurer, t.id, t.subject, 'opening', 'opening/' || t.subject, t.due_at
    from yilu.timers t where t.kind = 'video-open' and t.done_at is null order by t.insurer, t.subject, t.due_at;
delete from yilu.timers where kind = 'video-open' and done_at is null;

-- What the doctor of a call has written of her note so far; it goes with the note, or with the call.
create table yilu.video_note_drafts (
  insurer text not null,
  case_id uuid not null,
  doctor text not null,
  sealed bytea not null,            -- under the key of the person
  written_at timestamptz not null,  -- machine time
  primary key (insurer, case_id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
select yilu.grant_table('video_note_drafts', 'read-write', true);
