# Comment s’écrivent les jours et les moments.

date = { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }
day-of-year = { $day ->
    [1] 1er
   *[other] { $day }
} { $month }
day-of-month = { $day ->
    [1] 1er
   *[other] { $day }
}
month-of-year = { $month } { $year }
in-month = mois { $number ->
    [4] d’{ $month }
    [8] d’{ $month }
    [10] d’{ $month }
   *[other] de { $month }
} { $year }
about-date = { $date } environ
date-not-known = date non connue
end-of-day = fin du { $date }, UTC
instant = { $date } à { $time } UTC
period = du { $from } au { $to }
period-times = { $from } – { $to }

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

short-month-1 = janv.
short-month-2 = févr.
short-month-3 = mars
short-month-4 = avr.
short-month-5 = mai
short-month-6 = juin
short-month-7 = juill.
short-month-8 = août
short-month-9 = sept.
short-month-10 = oct.
short-month-11 = nov.
short-month-12 = déc.
