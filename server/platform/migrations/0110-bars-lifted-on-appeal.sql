-- What lifted a bar: a correction that a second person approved, or an appeal that overturned the refusal it came from.
alter table yilu.bar_corrections alter column approval_id drop not null;
alter table yilu.bar_corrections add column appeal_id uuid;
alter table yilu.bar_corrections add constraint bar_corrections_by_one check (num_nonnulls(approval_id, appeal_id) = 1);
