-- Video consultation (2.1): openings, doctors on duty, who waits, who was offered to whom, the call's room, the roster.
alter table yilu.list_versions drop constraint list_versions_list_check;
alter table yilu.list_versions add constraint list_versions_list_check check (list in (
  'hospitals', 'experts', 'providers', 'drugs', 'pharmacies', 'cart-hospitals', 'cart-pharmacies', 'programmes', 'trials',
  'video-doctors'));

-- Her key on the list of video doctors, from the accepted offer on.
alter table yilu.cases add column doctor text;
create index cases_of_doctor on yilu.cases (insurer, doctor) where doctor is not null and not final;

-- An opening as the provider acknowledged it; what is open, and until when, follows from the last one.
create table yilu.video_openings (
  insurer text not null,
  case_id uuid not null,
  policy_id uuid not null,
  person_id uuid not null,
  service text not null,
  opened_at timestamptz not null,
  primary key (insurer, case_id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index video_openings_of_person on yilu.video_openings (insurer, policy_id, person_id, service, opened_at desc);
select yilu.grant_table('video_openings', 'insert-only', true);

create table yilu.video_doctors (
  insurer text not null,
  doctor text not null,             -- key on the list of video doctors
  on_duty boolean not null,
  duty_since timestamptz not null,  -- business time
  seen_at timestamptz not null,     -- machine time: the last heartbeat
  load int not null default 0,      -- calls taken since she came on duty
  missed int not null default 0,    -- offers in a row that she did not answer
  last_offer_at timestamptz,
  primary key (insurer, doctor)
);
select yilu.grant_table('video_doctors', 'read-write', true);

-- Who waits for a doctor now; the row goes with the wait.
create table yilu.video_queue (
  insurer text not null,
  case_id uuid not null,
  since timestamptz not null,       -- business time; the place in the queue is by it
  again boolean not null,           -- before those who have not been served yet
  call_back boolean not null default false,
  emergency boolean not null default false, -- words of an emergency stood in the complaint
  not_doctor text,                  -- who declined last: not the same one twice in a row
  primary key (insurer, case_id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create index video_queue_order on yilu.video_queue (insurer, again desc, since, case_id);
select yilu.grant_table('video_queue', 'read-write', true);

-- One doctor was asked to take one member. The accepted one is the room of the call.
create table yilu.video_offers (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  doctor text not null,
  offered_at timestamptz not null,
  until timestamptz not null,
  outcome text check (outcome in ('accepted', 'declined', 'lapsed', 'withdrawn')),
  answered_at timestamptz,
  over_at timestamptz,              -- the offer, or the room that it became, is over
  free_at timestamptz,              -- the doctor is free again: nothing offered, no call, no note to write
  primary key (insurer, id),
  check ((outcome is null) = (answered_at is null)),
  check (outcome is null or outcome = 'accepted' or (over_at is not null and free_at is not null))
);
-- No member is matched twice, no doctor is given two members.
create unique index video_offers_one_a_case on yilu.video_offers (insurer, case_id) where over_at is null;
create unique index video_offers_one_a_doctor on yilu.video_offers (insurer, doctor) where free_at is null;
create index video_offers_of_case on yilu.video_offers (insurer, case_id, offered_at);
select yilu.grant_table('video_offers', 'read-write', true);

create table yilu.video_roster (
  insurer text not null,
  id uuid not null,
  doctor text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  standby boolean not null,         -- called when nobody is free
  by_account uuid,
  primary key (insurer, id),
  check (from_at < to_at)
);
create index video_roster_by_time on yilu.video_roster (insurer, from_at, to_at);
select yilu.grant_table('video_roster', 'read-write', true);

-- Who sits in a room, and what the seats tell each other until both have read it. Machine time; gone with the room.
create table yilu.video_seats (
  insurer text not null,
  room uuid not null,
  side text not null check (side in ('doctor', 'member')),
  seat uuid not null,
  seen_at timestamptz not null,
  primary key (insurer, room, side)
);
select yilu.grant_table('video_seats', 'read-write', true);

create table yilu.video_signals (
  insurer text not null,
  id bigint generated always as identity,
  room uuid not null,
  to_side text not null check (to_side in ('doctor', 'member')),
  sealed bytea not null,            -- addresses of two browsers: under the insurer's key
  at timestamptz not null,
  primary key (insurer, id)
);
create index video_signals_to_read on yilu.video_signals (insurer, room, to_side, id);
select yilu.grant_table('video_signals', 'read-write', true);

alter table yilu.accounts drop constraint accounts_outside_check;
alter table yilu.accounts add constraint accounts_outside_check
  check ((kind = 'provider') = (provider is not null and roles in (
    '{provider}', '{laboratory}', '{expert}', '{drug-consultant}', '{aid-assistant}', '{car-t-specialist}', '{pharmacist}',
    '{video-doctor}')));
