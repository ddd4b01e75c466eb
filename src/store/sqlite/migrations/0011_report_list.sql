-- Reports are listed the newest first, without what they say: the list reads this and their heads.
CREATE INDEX report_newest ON report (period_end DESC, schedule, recipient, clearance);
