# Areas, convoys, pauses, statements, incidents.

## Areas

areas-heading = Areas
areas-heading-text = Areas listed as besieged or hard to reach
areas-none = No area was known to be listed as besieged or hard to reach.
areas-lead = Every area that anybody lists as besieged or hard to reach. A single number is a source’s one figure, given without a range.
areas-lead-text = Where nothing is said of food or convoys, no arrival of the last 30 days and no convoy of the period is known.
head-area = Area
head-listed-as = Listed as
head-people = People there
head-last-arrival = Last known arrival
head-need-met = Food need met, 30 days
head-convoys = Convoys of the period
unit-not-known = unit not known
in-area = in { $area }
listing = { $by }: { $status }
tier = , tier { $tier }
listing-line = { $listing }, { $day }{ $cite }
not-known-alone = not known for it alone
not-known-alone-groups = not known for it alone ({ $groups })
sources-differ = sources differ
none-known = none known
no-arrival-known = no arrival known
arrival = { $day }, { $ago }{ $cite }
less-than-a-day-ago = less than a day ago
days-ago = { $count ->
    [one] 1 day ago
   *[other] { NUMBER($count, useGrouping: "false") } days ago
}
running-total = a running total tells of deliveries until { $day }
of-group = { $group } together: { $people }, { $by }, { $day }
convoys-of-area = { $planned } planned, { $allowed } allowed, { $refused } refused, { $arrived } arrived
area-line = { $area }. { $listed }. People: { $people }. Last known arrival: { $arrival }.
area-need-met = Food need met in 30 days: { $share }.
area-convoys = Convoys of the period: { $convoys }.

## Convoys

convoys-heading = Convoys of the period
convoys-none = No convoy is known to have been planned, asked for or on its way in the period.
convoys-none-text = No convoy is known to have been planned, asked for or on its way.
convoys-lead = Numbers of people are claims of the sources. Beside them stands how many people the cargo feeds for 30 days at 2,100 kcal, after losses.
head-convoy = Convoy
head-stage = Stage
head-trucks = Trucks
head-people-meant = People meant
head-people-reached = People reached
head-fed = Fed for 30 days
head-taken-off = Taken off
to-areas = to { $areas }
area-not-named = an area not named
uncounted-mission = mission without goods, not counted
uncounted-whole = counted through its parts
uncounted-part = part of { $whole }, not counted twice
removed-nothing = nothing reported
removed-medical = medical items
removed-goods = goods
removed-share = { $what }, { $share } % of the known weight
removed-unknown = { $what }, how much is not known
cargo-assumed = cargo assumed
cargo-partly-unknown = cargo partly unknown
convoy-line = { $convoy } to { $to }{ $uncounted }: { $stage }, { $day }. Trucks: { $trucks }. People meant: { $meant }, reached: { $reached }, by the sources. Its cargo feeds for 30 days: { $fed }{ $assumed }. Taken off: { $removed }{ $cite }.

## Pauses

pauses-heading = Pauses in fighting, and who has not answered
pauses-none = No pause is known to be asked for or in force.
pause-title = { $pause } ({ $state }).
pause-line = { $verb ->
    [asked] Asked for
   *[announced] Announced
} by { $by }{ $dated ->
    [yes] {" "}on { $on }
   *[no] {""}
}{ $addressed ->
    [yes] , addressed to { $of }
   *[no] {""}
}.
pause-length = Length: { $length }.
hours = { $count } hours
recurrence-daily = daily
recurrence-weekly = weekly
recurrence-monthly = monthly
recurrence-once = once
recurrence-as_needed = as needed
pause-begin-end-not-known = Begin and end: not known.
pause-end-not-known = From { $from }; end: not known.
pause-from-to = From { $from } to { $to }.
pause-where = Where: { $areas }.
somebody-not-named = somebody not named
answer-line = { $party }: { $answer }, { $day }
answer-conditions = , on the condition: { $conditions }
answer-none = { $party }: { $none }
no-answer-known = no answer is known
no-answer-from = No answer is known from: { $parties }.
unnamed-parties = the parties, which the source does not name
breach = Reported breach, { $day }
breach-by = , attributed by the source to { $by }
breach-killed = ; killed: { $killed }
breach-ended = ; it ended the pause

## What sources say

statements-heading = What sources say
statements-none = No statement of the period is recorded.
statements-lead = Statements of the period in our words, each with its author.
statement = { $by }: { $text }

## Incidents

incidents-heading = Incidents of the period
incidents-heading-text = Incidents of the period, as reported
incidents-none = No incident of the period is recorded.
incidents-lead = As reported; who did it is told only by the account of a source.
days-of-incident = { $from } to { $to }
incident-day = { $day }:
incident-line = { $title }. Killed: { $killed }. Injured: { $injured }.
incident-by = Attributed by the source to: { $by }.
