# Messages about alerts.

notice-why-graver = Graver ({ $was } to { $now })
notice-why-escalated = Not acknowledged ({ $now })
notice-why-over = Over
notice-why-turned-off = Turned off by a setting, not known to be over
notice-subject-one = { $why }: { $rule } – { $about }
notice-subject-closed = { $why }: { $rule }
notice-subject = { NUMBER($count, useGrouping: "false") } alerts, the gravest { $gravest }
notice-head = { $why }: { $rule }
notice-where = Where: { $areas }
notice-raised = Raised: { $at }
notice-raised-again = Raised: { $at } (for the { $number }. time)
notice-ended = Over: { $at }
notice-sources = Sources: { $sources }
notice-more = More:
notice-footer = Sent by Passage, { $at }. An alert that somebody acknowledges in Passage is not told again until it is over.
scheduler-ran = The scheduler of reports last ran before this one: { $at }.
