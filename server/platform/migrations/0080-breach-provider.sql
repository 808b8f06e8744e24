-- Whose turn it was at the due moment is a fact of the breach: who had the case then, whoever has it now.
alter table yilu.breaches add column provider text;
