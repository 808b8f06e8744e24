-- A later case goes on with the person's ledger of the same drug: the entry that says so.
alter table yilu.aid_moves drop constraint aid_moves_kind_check;
alter table yilu.aid_moves add constraint aid_moves_kind_check
  check (kind in ('bought', 'struck', 'approved', 'refused', 'collected', 'excused', 'given-up', 'ended', 'resumed'));
comment on column yilu.aid_moves.number is 'the entry''s place in the person''s ledger of the drug';
