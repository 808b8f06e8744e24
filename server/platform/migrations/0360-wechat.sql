-- WeChat: whose account is bound to which openid, who is on the way there, and what this installation holds of WeChat.

create table yilu.wechat_bindings (
  insurer text not null,
  id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  openid_hash bytea not null,   -- keyed hash
  sealed bytea not null,        -- {openid}, under the person's key
  subscribed boolean,           -- follows the official account; null: WeChat has not said
  bound_at timestamptz not null, -- business time
  primary key (insurer, id),
  unique (insurer, account_id),
  unique (insurer, openid_hash),
  foreign key (insurer, account_id) references yilu.accounts (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index wechat_bindings_of_person on yilu.wechat_bindings (insurer, person_id);
select yilu.grant_table('wechat_bindings', 'read-write', true);

-- A browser on its way through WeChat and, once it came back as somebody unknown, through the check of who it is.
create table yilu.wechat_visits (
  insurer text not null,
  id uuid not null,
  token_hash bytea not null,    -- SHA-256 of the browser's cookie
  state_hash bytea not null,    -- SHA-256 of what goes through WeChat and comes back
  target text not null,         -- the page of ours that was asked for
  openid_hash bytea,
  sealed bytea,                 -- {openid}, under the insurer's key
  expires_at timestamptz not null, -- machine time
  primary key (insurer, id),
  unique (insurer, token_hash),
  check ((openid_hash is null) = (sealed is null))
);
select yilu.grant_table('wechat_visits', 'read-write', true);

-- Access token and page ticket, shared by every process: WeChat gives few of them a day.
create table yilu.wechat_tokens (
  insurer text not null,
  kind text not null check (kind in ('access', 'ticket')),
  sealed bytea,                 -- {value}, under the insurer's key
  expires_at timestamptz,       -- machine time
  primary key (insurer, kind)
);
select yilu.grant_table('wechat_tokens', 'read-write', true);

-- A second way out beside text messages. `outside_id` is WeChat's number of a message that it took.
alter table yilu.deliveries drop constraint deliveries_channel_check;
alter table yilu.deliveries add constraint deliveries_channel_check check (channel in ('sms', 'wechat'));
alter table yilu.deliveries add column outside_id text;
create unique index deliveries_by_outside_id on yilu.deliveries (insurer, channel, outside_id) where outside_id is not null;

alter table yilu.one_time_codes drop constraint one_time_codes_purpose_check;
alter table yilu.one_time_codes add constraint one_time_codes_purpose_check
  check (purpose in ('sign-in', 'old-phone', 'new-phone', 'desk-check', 'signature', 'wechat'));
