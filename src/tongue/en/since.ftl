# What happened, moved or was learned since the last report.

since-none = No day on which food ends moved; no convoy was attacked, refused or arrived; no pause was broken or answered; no count of people changed and no estimate went stale, by what is known.
since-runouts = Food: days that moved
since-convoys = Convoys attacked, refused, arrived
since-pauses = Pauses broken or answered
since-populations = Counts of people, by who counts
since-stale = Estimates that went stale
since-rest = Numbers, lists and alerts
since-more = … and { $count } more, in the workbook and the JSON form.

since-late = learned late
since-late-report = Learned late: dated before the last report, and not known to it.
since-late-begin = Learned late: dated before the period, and not known at its beginning.
since-taken-back = no longer told
since-taken-back-means = No longer told: it was told before, and has been corrected, withdrawn or withheld since.
since-marked = { $told } ({ $mark })

## The day on which food ends

since-runout = { $area }: { $shift }; { $then } before, now { $now }.
since-gone = by what is known, the food has been eaten
since-nearer = food ends earlier
since-nearer-days = food ends { in-days } earlier
since-floor-nearer = the first day on which food can end is { in-days } earlier
since-floor = the first day on which food can end moved
since-known = the day on which food ends can be told now
since-unknown = the day on which food ends can no longer be told
since-later = food lasts longer
since-later-days = food lasts { in-days } longer
since-floor-later = the first day on which food can end is { in-days } later
since-about = about { $day }
since-eaten = nothing is left of what was counted
since-not-within = beyond { $days } days
since-not-before = not before { $day }
since-why = Why: { $causes }.
since-why-although = Although: { $causes }.
since-why-not-told = No record tells why by itself.
since-why-none = No new record tells why: the same ones were reckoned anew.
since-why-eaten = Since then no new count and no delivery is known.
since-more-causes = { $count } more
since-cause-count = a count of the stock, { $day }
since-cause-delivery = a delivery, { $day }
since-cause-loss = food lost, { $day }
since-cause-people = a count of the people, { $day }
since-cause-inflow = an estimate of what comes in by itself, { $day }
since-cause-ration = an estimate of what people eat, { $day }

## What became of convoys

fate-attacked = attacked
fate-looted = looted
fate-lost = closed with loss
fate-denied = denied
fate-turned_back = turned back
fate-arrived = arrived
since-convoy = { $convoy } to { $to }: { $fate }, { $day }.
since-mission = {" "}(mission without goods)
since-reached = People reached, by the sources: { $people }.
since-meant = Trucks: { $trucks }. People meant: { $people }.
since-on-a-convoy = { $what } ({ $to }): { $fate }, { $day }, as reported.
since-a-convoy = A convoy

## Pauses

since-pause = { $pause }. { $what }.

## Counts of people

since-count-of = { $place }, { $metric }, { $by }
since-counted = { $people } ({ $day })
since-count = { $of }: { $then } before, now { $now }.
since-count-first = { $of }: { $now }; no count by this source before.
since-count-beside = The newest before: { $figure }, { $by }.
since-count-gone = { $of }: { $then } before, now no count.
metric-residents = residents
metric-besieged = people besieged
metric-hard_to_reach = people hard to reach
metric-besieged_and_hard_to_reach = people besieged and hard to reach
metric-watchlist = people in places on a watchlist
metric-trapped = people cut off
metric-in_need = people in need
metric-assisted = people who get aid

## Estimates

since-stale-people = { $area }: the newest count of people, { $day }, is { NUMBER($age, useGrouping: "false") } days old; beyond { NUMBER($limit, useGrouping: "false") } days it counts as old.
since-stale-stock = { $area }: what is known of the stock, { $day }, is { NUMBER($age, useGrouping: "false") } days old; beyond { NUMBER($limit, useGrouping: "false") } days it counts as old.
