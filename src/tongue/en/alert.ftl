# What the rules find, in one or more sentences.

## Nothing arrives

alert-no-delivery-total = A running total tells of deliveries to { $area } until { $day }, { NUMBER($days, useGrouping: "false") } days ago; nothing later is known.
alert-no-delivery-since = Nothing is known to have arrived in { $area } since { $day }, { NUMBER($days, useGrouping: "false") } days ago.
alert-no-delivery-ever = Nothing is known to have ever arrived in { $area }, cut off since at least { $day }.

## Too little arrives

alert-low-coverage-none = No delivery of food of the last 30 days is known in { $area }, and nothing that would be left from before.
alert-low-coverage = What there was to eat in the last 30 days meets { $share } of the food need in { $area }{ $sure ->
    [possibly] {" "}(possibly: the range reaches across the line)
   *[surely] {""}
}.
alert-low-coverage-held = It was less before and is not yet surely above { $clear } %.
alert-share-at-least = at least { $low } %
alert-share-one = { $low } %
alert-share-between = { $low } % to { $high } %

## Somebody new calls it besieged

alert-besieged-since = { $area } is besieged since { $day } by the count of { $by }.
alert-besieged-listed = { $area } is listed as besieged on { $day } by { $by }; no earlier listing by them is known here.
alert-by-un = the United Nations
alert-by-siege_watch = Siege Watch
alert-by-press = the press and other reports
alert-by-own = our own judgement

## Claims

alert-stale-population = The newest count of people in { $area } is { NUMBER($days, useGrouping: "false") } days old ({ $people }).
alert-stale-stock = What is known of the stocks in { $area } is { NUMBER($days, useGrouping: "false") } days old.
alert-jump = { $by } counted { $now } people in { $area }, after { $before }.
alert-contradiction = Counts of people in { $area } exclude each other: { $one } and { $other }.
alert-future = { $kind } { $code } is dated { $day }, which has not come yet.

## Convoys

alert-area-not-named = an area that is not named
alert-overdue = Convoy { $convoy } to { $to } was due { NUMBER($hours, useGrouping: "false") } hours ago and is { $stage }.
alert-denied = Convoy { $convoy } to { $to } { $how ->
    [denied] was denied
   *[turned_back] was turned back
} on { $day }.
alert-attacked = Convoy { $convoy } to { $to } was { $stage } on { $day }.
alert-removed = { $what ->
    [surgical] Surgical or trauma items were
    [medical] Medical items were
   *[goods] Goods were
} taken off convoy { $convoy } to { $to }{ $known ->
    [yes] {" "}({ $share } % of the known weight)
   *[no] {""}
}.
alert-over-people = Convoy { $convoy } is said to have reached { NUMBER($reached, useGrouping: "false") } people where the highest estimate is { NUMBER($people, useGrouping: "false") }.
alert-over-goods = More came off convoy { $convoy } than was loaded on it, as reported.
alert-stalled = Convoy { $convoy } to { $to } is { $where ->
    [departed] on the road
   *[at_checkpoint] at a checkpoint
}; nothing has been heard of it for { NUMBER($hours, useGrouping: "false") } hours.
alert-stalled-pause = The pause "{ $pause }" ends in { $hours } hours.

## What nobody counted

alert-gap-people = The people in { $area } need counting; the food is counted, but not for how many.
alert-gap-both = The people and the food in { $area } need counting; no count of either is known.
alert-gap-stock = The food in store in { $area } needs counting; { $why ->
    [words] what is known of it is in words or cannot be turned into days
   *[none] no count of it is known
}.
alert-gap-floor = What is known to have arrived lasts until { $day } at least.
alert-gap-loss = A store in { $area } was hit on { $day }, as reported; how much of the food is lost cannot be told. What is left needs counting.

## Incidents

alert-incident = { $what } at { $place } on { $day }, as reported.
alert-a-facility = A facility
alert-facility = { $what } in { $place } hit on { $day }, as reported.
alert-facility-last = All of its kind that are recorded there are out of action.

## Pauses

alert-somebody = somebody
alert-the-parties = the parties
alert-pause-unanswered = { $who }: no answer to the pause that { $by } asked for on { $day }.
alert-pause-violated = The pause "{ $pause }" was broken on { $day }, as reported.
alert-pause-ending = The pause "{ $pause }" ends in { $hours } hours{ $bound ->
    [earliest] {" "}at the earliest
   *[exact] {""}
} and { $convoys ->
    [one] 1 convoy is
   *[other] { $convoys } convoys are
} still inside, in { $areas }; { $way ->
    [known] the way out takes { $exit } hours
   *[unknown] how long the way out takes is not recorded
}.

## What there is to eat ends

alert-days = { $days ->
    [0] a day
    [one] 1 day
   *[other] { NUMBER($days, useGrouping: "false") } days
}
alert-runout-out = By what is known, the food in store in { $area } has been eaten.
alert-runout-both = The food known to be in { $area } lasts about { $left } more{ $until ->
    [known] , until { $day }
   *[unknown] {""}
} (one chance in ten that it ends within { $early }).
alert-runout-about = The food known to be in { $area } lasts about { $left } more{ $until ->
    [known] , until { $day }
   *[unknown] {""}
}.
alert-runout-early = There is one chance in ten that the known food ends within { $early } in { $area }.
alert-runout-long = The food known to be in { $area } lasts for long.
alert-runout-count = It rests on the count of { $day }.
alert-runout-holder = It rests on what { $holders } alone held on { $day }: a floor on the date, not a forecast.
alert-runout-moved = A convoy or a new count would move it.
alert-runout-moved-inflow = A convoy, a new count, or knowing what comes in by itself would move it.
alert-runout-held = The day was nearer before and is not yet clearly away.

## Stocks that were destroyed

alert-up-to = up to { $heads }
alert-stock = In { $area }, { $sure ->
    [possibly] possibly{" "}
   *[surely] {""}
}{ $amount } person-days of food were destroyed on { $day }, as reported: { $measure }.
alert-stock-all = all that was in store
alert-stock-share = { $share } % of what was in store
alert-stock-days = { $days } days of need
alert-stock-left = By the middle figures what is left would last { NUMBER($with, useGrouping: "false") } days instead of { NUMBER($without, useGrouping: "false") }.
alert-stock-exceeds = That is more than was thought to be there: what is left needs counting.

## The way in, and the service itself

alert-route-cut = The way into { $place } was cut on { $day }, as reported.
alert-route-cut-named = The way into { $place } ({ $what }) was cut on { $day }, as reported.
alert-not-made = { $count ->
    [one] The report { $schedule } of { $first } was not made
   *[other] { $count } reports { $schedule } from { $first } to { $last } were not made
}.
alert-not-made-many = { $count } reports { $schedule } or more, from { $first } on, were not made.
alert-not-made-failed = It could not be made: { $why }.
alert-not-made-down = The program did not run then.
alert-no-recipient = The report { $schedule } is to be sent to { $recipients }, and there is no such recipient.
alert-not-made-next = The next one tells what changed since the last that was made.
alert-not-delivered = { $count ->
    [one] 1 message
   *[other] { $count } messages
} to { $recipient } could not be delivered.
alert-not-delivered-why = The latest: { $why }

## What was told and may no longer be

alert-closed = What you were told of is over, or is told to fewer readers now.
alert-turned-off = A setting turned off alerts of this kind here: whether it is over is not known.
