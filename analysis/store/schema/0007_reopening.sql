-- Re-opened days: what rules matched of facts that came while a day was closed is shown from the facts' own day again.

-- Null: from the day that the run was as of.
alter table match_group add column shown_from date;
