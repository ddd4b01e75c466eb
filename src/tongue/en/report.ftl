# The head of a report, the three numbers, what changed, the alerts.

situation-report = Situation report
title = Situation report, { $date }
slogan = Who is cut off, and what got through
label = { $label }:
frame-shows = Shows
frame-known-by = Known by
frame-period = Period
frame-compared = Compared with
compared-report = last report, { $at }
compared-begin = beginning of the period, { $at }
withheld = { $count ->
    [one] 1 convoy that is under way, or closed only lately, is
   *[other] { $count } convoys that are under way, or closed only lately, are
} not counted here; way and times are withheld for safety.
addresses-left-out = Addresses of sources are left out so that this text stays under 20 KB. The HTML and JSON forms are complete.
lists-shortened = Lists are shortened and addresses of sources left out so that this text stays under 20 KB. The HTML and JSON forms are complete.

## The three numbers

three-numbers = Three numbers
people-besieged = People besieged
besieged-line = People besieged: { $total }.
besieged-not-known = People besieged: not known. No total of the United Nations list was known.
no-un-total = No total of the United Nations list was known.
single-figure = One figure, given without a range.
total = { $people }{ $places }, { $by }{ $cite }
counted-by = Counted by { $by }: { $total }.
spread-text = The smaller total is { $share } % below the larger; they rest on different lists and are not added.
spread-page = The smaller total is { $share } % below the larger. They rest on different lists and definitions; they are not added.
in-places = , in { places }
named-none = , none of them known here by name
named-some = , { $named } of them known here by name
places-named-none = , none of its places known here by name
places-named-some = , { $named } of its places known here by name
author-not-named = an author not named
by-the-count = by the count of { $by }, { $day }
by-author = by { $by }, { $day }{ $cite }

people-reached = People reached by convoys that arrived in the period
reached-line = People reached by convoys that arrived in the period: { $people }{ $cite }. { $arrived }
reached-number-not-known = For { arrivals } the number is not known.
reached-people-not-known = For { arrivals } the number of people reached is not known.
reached-as-claimed = As the sources of each convoy claim; the range allows for people served twice{ $cite }.
reached-not-reported = An arrival that nobody reported yet is not counted.
arrived-no-convoy = No convoy of the period is known.
arrived-one-not = The one convoy planned, asked for or on the way is not known to have arrived.
arrived-one = The one convoy planned, asked for or on the way is known to have arrived.
arrived-of = Of { $planned } convoys planned, asked for or on the way, { $arrived ->
    [0] none is
    [1] 1 is
   *[other] { $arrived } are
} known to have arrived.
convoys-refused = { $count ->
    [one] 1 convoy
   *[other] { $count } convoys
} refused or turned back.

waiting = Besieged or hard-to-reach areas with no known arrival for { $days } days or more
waiting-not-known = { $what }: not known. No area was known to be listed by anybody.
no-area-listed = No area was known to be listed by anybody.
uncounted = ; for { areas } there is no count of their own
waiting-line = { $what }: { $areas } of { $listed } that anybody lists. People there: { $people } by the latest count of each area{ $uncounted }{ $cite }. In { $without } of them no arrival was ever recorded here, which does not prove that nothing arrived.
of-listed = of { $listed } listed
people-there-in-all = People there: { $people }{ $uncounted }.
latest-count = Latest count of each area by { $date }{ $cite }. Listed by anybody, not by the United Nations alone.
never-recorded = In { $count } of them no arrival was ever recorded here.
no-record-no-proof = No record does not prove that nothing arrived.

## What changed

what-changed = What changed
since-report = Since { $at }, the last report of this schedule.
since-begin = Since { $at }, the beginning of the period; there is no earlier report of this schedule.
nothing-before = Nothing was recorded here for that time, so that no change can be told.
no-change = No change in the three numbers, in the lists or in the alerts.
change-besieged = People besieged, United Nations list
change-reached = People reached by convoys that arrived in the period
change-waiting = People in listed areas with no known arrival for long
number-changed = { $what }: { $then } before, now { $now }.
number-unchanged = { $what }: no change, { $now }.
listing-changed = { $area }: { $then } before, now { $now }, by the count of { $by }{ $cite }.
new-alert = New, { $severity }: { $text }
new-severity = New, { $severity }
graver-alert = Graver, { $severity }, was { $was }: { $text }
graver-severity = Graver, { $severity }
graver-was = It was { $was }.
ended-alert = No longer an alert: { $text }
ended = No longer an alert
new-milder = New, of medium or low severity: { $count ->
    [one] 1 further alert
   *[other] { $count } further alerts
}.
new-milder-marked = { $count ->
    [one] 1 further alert of medium or low severity is
   *[other] { $count } further alerts of medium or low severity are
} new; marked below.

## Alerts

alerts = Alerts
alerts-none = No rule found anything.
alerts-lead = What rules find in the records; each says since when, on which numbers and on which sources it rests.
new = new
new-mark = (new)

## The end

how-to-read = How to read this report
sources = Sources
sources-none = No source is cited.
published = , { $by }, { $day }.
published-without-publisher = , { $day }.
no-date-given = no date given
footer = { $title }. Schedule: { $schedule }. Made by Passage; the same data gives the same report.
ledger = Ledger: entry { $entry }, head { $head }

## What a text leaves out

left-out-area = … and { more-areas }, in the HTML and JSON forms.
left-out-alert = … and { $count ->
    [one] 1 more alert
   *[other] { $count } more alerts
}, in the HTML and JSON forms.
left-out-change = … and { $count ->
    [one] 1 more change
   *[other] { $count } more changes
}, in the HTML and JSON forms.
left-out-convoy = … and { $count ->
    [one] 1 more convoy
   *[other] { $count } more convoys
}, in the HTML and JSON forms.
left-out-pause = … and { $count ->
    [one] 1 more pause
   *[other] { $count } more pauses
}, in the HTML and JSON forms.
left-out-statement = … and { $count ->
    [one] 1 more statement
   *[other] { $count } more statements
}, in the HTML and JSON forms.
left-out-incident = … and { $count ->
    [one] 1 more incident
   *[other] { $count } more incidents
}, in the HTML and JSON forms.
left-out-source = … and { $count ->
    [one] 1 more source
   *[other] { $count } more sources
}, in the HTML and JSON forms.
