# Quand une pause vaut, et où elle en est.

one-after-another = { $first } { $then }
parties-unnamed = des parties que personne n’a nommées

## Où elle en est

stands-refused = Non acceptée : refusée par { $parties }.
stands-expired = Non acceptée : elle est passée sans l’accord de { $parties }.
stands-requested = Non acceptée : aucun accord n’est connu de { $parties }.
stands-agreed-undated = Acceptée par tous ceux qui doivent l’accepter ; on ne sait pas quand elle commence.
stands-agreed = Acceptée par tous ceux qui doivent l’accepter ; elle n’a pas commencé.
stands-violated = Acceptée par tous ceux qui doivent l’accepter ; elle est finie et a été violée.
stands-honoured = Acceptée par tous ceux qui doivent l’accepter ; elle est finie, et aucune violation n’en est enregistrée.
stands-in-effect = { $breaches ->
    [0] Acceptée par tous ceux qui doivent l’accepter, et commencée.
    [one] Acceptée par tous ceux qui doivent l’accepter, et commencée ; une violation est enregistrée.
   *[other] Acceptée par tous ceux qui doivent l’accepter, et commencée ; { $breaches } violations sont enregistrées.
}
stands-called-off = Annulée.
stands-called-off-by = Annulée (date : { $day }) par { $parties }.

## Quand elle vaut

times-none = Elle ne vaut pas dans la durée demandée.
times-never = Elle ne vaut à aucun moment.
times-one = 1 fenêtre de { $hours } heures, à partir de : { $start }, heure locale.
times-several = { $count ->
    [one] { $count } fenêtre
   *[other] { $count } fenêtres
} de { $hours } heures en tout, la première à partir de : { $start }, heure locale.
times-no-end = Aucune fin n’est fixée : elle est dite jusqu’où on l’a demandé, ce qui ne veut pas dire qu’elle vaut.
times-in-words = Elle doit revenir « { $words } », ce qui ne se compte pas : donnez { $field } ou une règle telle que { $rule }.
times-first-alone = Elle doit revenir « { $words } » ; seule la première fois est montrée.
times-before = Elle doit finir avant de commencer ; voyez { $fields }.
times-no-time = Elle ne dure aucun temps.
times-no-length = On ne sait pas combien elle dure chaque fois ; donnez { $hours } ou { $end }.
times-no-start = On ne sait pas quand elle doit commencer. Pour voir ce qu’elle laisserait passer, envoyez { $start } ou { $windows }.
times-month-alone = De son début on ne connaît que le mois ou l’année, pas le jour.
times-untold = Les fenêtres ne peuvent être dites : { $field } : { $why }.
untold-begins-at-sunset = le coucher du soleil n’est pas calculé ; donnez l’heure locale à laquelle elle commence
untold-ends-at-sunset = le coucher du soleil n’est pas calculé ; donnez le nombre d’heures, ou l’heure locale à laquelle elle finit
untold-bad-hours = les heures doivent être supérieures à 0 et d’au plus dix ans
untold-bad-interval = doit être 1 ou plus
untold-bad-rule = ce n’est pas une règle de { $standard } telle que { $rule } : { $fault }
untold-finer-than-daily = une règle à l’heure ou plus fine n’est pas comptée ; utilisez { $daily } avec { $hours }
untold-never-comes = la règle ne tombe jamais sur un jour qui existe
untold-out-of-years = doit se situer dans les années { $first } à { $last }
untold-too-many = plus de { $most } fenêtres ; demandez une durée plus courte

## Ce qui la prolonge

longer-untold = { $pause } la prolonge ; on ne peut dire de combien. { $why }
longer-open = { $pause } n’ajoute rien : aucune fin n’était fixée au départ.
longer-nothing = { $pause } n’ajoute rien dans la durée demandée.
longer-adds = { $pause } ajoute { $hours } heures et déplace la fin (heure locale : { $end }) ; seules les réponses qui lui ont été faites valent pour elles.
longer-no-end = { $pause } ajoute { $hours } heures et ne fixe pas de fin.

## Ce qu’il faut garder à l’esprit

window-conditions = { $party } a posé des conditions : { $conditions }.
window-extends = Elle prolonge { $pause } ; seules ses propres fenêtres sont dites ici.
window-endorses = C’est un soutien à un autre appel, pas une pause en soi ; voir { $pauses }.
window-not_announced_yet = Au jour demandé, elle n’avait pas encore été demandée ni annoncée.
window-time_zone_assumed = Aucun fuseau horaire n’est donné pour elle ni pour ses zones ; les heures locales sont prises comme UTC.
window-start_time_assumed = De son début on ne connaît que le jour ; on retient qu’elle commence à 00:00, heure locale.
window-dates_approximate = Ses dates ne sont connues qu’à peu près.
window-parties_unnamed = Personne n’a nommé les parties qui doivent accepter.
window-has_conditions = Un oui sous conditions compte comme un oui ; on ne sait pas ici si elles sont remplies.
window-open_end = Aucune fin n’est fixée ; que personne ne l’ait terminée ne veut pas dire qu’elle vaut.
window-hours_differ = Sa durée et sa fin ne concordent pas : la plus courte des deux est retenue.
window-violations_not_placed = Certaines violations ne peuvent être placées dans une fenêtre et n’enlèvent pas d’heures.
window-time_of_violation_unknown = D’une violation on ne connaît que le jour, de sorte que les heures en vigueur se situent entre deux bornes.
