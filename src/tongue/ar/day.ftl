# كتابة الأيام والأوقات.

date = { $day } { $month } { $year }
day-of-year = { $day } { $month }
day-of-month = { $day }
month-of-year = { $month } { $year }
in-month = { $month } { $year }
about-date = نحو { $date }
date-not-known = التاريخ غير معروف
end-of-day = نهاية يوم { $date } بتوقيت غرينتش
instant = { $date }، الساعة { $time } بتوقيت غرينتش
period = من { $from } إلى { $to }
period-times = من { $from } إلى { $to }

month-1 = كانون الثاني/يناير
month-2 = شباط/فبراير
month-3 = آذار/مارس
month-4 = نيسان/أبريل
month-5 = أيار/مايو
month-6 = حزيران/يونيه
month-7 = تموز/يوليه
month-8 = آب/أغسطس
month-9 = أيلول/سبتمبر
month-10 = تشرين الأول/أكتوبر
month-11 = تشرين الثاني/نوفمبر
month-12 = كانون الأول/ديسمبر

short-month-1 = كانون الثاني
short-month-2 = شباط
short-month-3 = آذار
short-month-4 = نيسان
short-month-5 = أيار
short-month-6 = حزيران
short-month-7 = تموز
short-month-8 = آب
short-month-9 = أيلول
short-month-10 = تشرين الأول
short-month-11 = تشرين الثاني
short-month-12 = كانون الأول
