# L’en-tête du rapport, les trois nombres, ce qui a changé, les alertes.

situation-report = Rapport de situation
title = Rapport de situation, { $date }
slogan = Qui est isolé, et quelle aide est passée
label = { $label } :
frame-shows = Situation
frame-known-by = Connu au
frame-period = Période
frame-compared = Comparé à
compared-report = dernier rapport, { $at }
compared-begin = début de la période, { $at }
withheld = { $count ->
    [one] { $count } convoi en route ou clos depuis peu n’est pas compté ici
   *[other] { $count } convois en route ou clos depuis peu ne sont pas comptés ici
} ; itinéraire et horaires sont tus par sécurité.
addresses-left-out = Les adresses des sources sont omises pour que ce texte reste sous 20 Ko. Les versions HTML et JSON sont complètes.
lists-shortened = Les listes sont abrégées et les adresses des sources omises pour que ce texte reste sous 20 Ko. Les versions HTML et JSON sont complètes.

## Les trois nombres

three-numbers = Trois nombres
people-besieged = Personnes assiégées
besieged-line = Personnes assiégées : { $total }.
besieged-not-known = Personnes assiégées : nombre non connu. Aucun total de la liste de l’ONU n’était connu.
no-un-total = Aucun total de la liste de l’ONU n’était connu.
single-figure = Un seul chiffre, donné sans fourchette.
total = { $people }{ $places }, { $by }{ $cite }
counted-by = Selon { $by } : { $total }.
spread-text = Le plus petit total est inférieur de { $share } % au plus grand ; ils reposent sur des listes différentes et ne s’additionnent pas.
spread-page = Le plus petit total est inférieur de { $share } % au plus grand. Ils reposent sur des listes et des définitions différentes ; ils ne s’additionnent pas.
in-places = , dans { places }
named-none = , dont aucun connu ici par son nom
named-some = , dont { $named } connus ici par leur nom
places-named-none = , aucun de ses lieux connu ici par son nom
places-named-some = , dont { $named } lieux connus ici par leur nom
author-not-named = un auteur non nommé
by-the-count = selon { $by }, { $day }
by-author = selon { $by }, { $day }{ $cite }

people-reached = Personnes atteintes par les convois arrivés pendant la période
reached-line = Personnes atteintes par les convois arrivés pendant la période : { $people }{ $cite }. { $arrived }
reached-number-not-known = Pour { arrivals }, le nombre n’est pas connu.
reached-people-not-known = Pour { arrivals }, le nombre de personnes atteintes n’est pas connu.
reached-as-claimed = Selon les sources de chaque convoi ; la fourchette tient compte des personnes servies deux fois{ $cite }.
reached-not-reported = Une arrivée que personne n’a encore signalée n’est pas comptée.
arrived-no-convoy = Aucun convoi de la période n’est connu.
arrived-one-not = Le seul convoi prévu, demandé ou en route n’est pas arrivé, à notre connaissance.
arrived-one = Le seul convoi prévu, demandé ou en route est arrivé, à notre connaissance.
arrived-of = Des { $planned } convois prévus, demandés ou en route, { $arrived ->
    [0] aucun n’est arrivé
    [1] 1 est arrivé
   *[other] { $arrived } sont arrivés
} à notre connaissance.
convoys-refused = { $count ->
    [one] { $count } convoi refusé ou refoulé
   *[other] { $count } convois refusés ou refoulés
}.

waiting = Zones assiégées ou difficiles d’accès sans arrivée connue depuis { $days } jours ou plus
waiting-not-known = { $what } : nombre non connu. On ne connaissait aucune zone inscrite par une source.
no-area-listed = On ne connaissait aucune zone inscrite par une source.
uncounted = ; pour { areas }, il n’y a pas de décompte propre
waiting-line = { $what } : { $areas } sur { $listed } inscrites par une source au moins. Personnes s’y trouvant : { $people }, selon le dernier décompte de chaque zone{ $uncounted }{ $cite }. Dans { $without } d’entre elles, aucune arrivée n’a jamais été enregistrée ici, ce qui ne prouve pas que rien ne soit arrivé.
of-listed = sur { $listed } inscrites
people-there-in-all = Personnes s’y trouvant : { $people }{ $uncounted }.
latest-count = Dernier décompte de chaque zone au { $date }{ $cite }. Inscrites par une source au moins, et non par l’ONU seule.
never-recorded = Dans { $count } d’entre elles, aucune arrivée n’a jamais été enregistrée ici.
no-record-no-proof = L’absence d’enregistrement ne prouve pas que rien ne soit arrivé.

## Ce qui a changé

what-changed = Ce qui a changé
since-report = Depuis le dernier rapport de cette série ({ $at }).
since-begin = Depuis le début de la période ({ $at }) ; il n’y a pas de rapport antérieur de cette série.
nothing-before = Rien n’était enregistré ici pour ce moment, de sorte qu’aucun changement ne peut être dit.
no-change = Aucun changement dans les trois nombres, dans les listes ni dans les alertes.
change-besieged = Personnes assiégées, liste de l’ONU
change-reached = Personnes atteintes par les convois arrivés pendant la période
change-waiting = Personnes dans des zones inscrites sans arrivée connue depuis longtemps
number-changed = { $what } : auparavant { $then }, maintenant { $now }.
number-unchanged = { $what } : sans changement, { $now }.
listing-changed = { $area } : auparavant { $then }, maintenant { $now }, selon { $by }{ $cite }.
new-alert = Nouvelle, gravité { $severity } : { $text }
new-severity = Nouvelle, { $severity }
graver-alert = Aggravée, gravité { $severity }, auparavant { $was } : { $text }
graver-severity = Aggravée, { $severity }
graver-was = Gravité précédente : { $was }.
ended-alert = N’est plus une alerte : { $text }
ended = N’est plus une alerte
new-milder = Nouvelles, de gravité moyenne ou faible : { $count ->
    [one] { $count } autre alerte
   *[other] { $count } autres alertes
}.
new-milder-marked = { $count ->
    [one] { $count } autre alerte de gravité moyenne ou faible est nouvelle ; elle est marquée
   *[other] { $count } autres alertes de gravité moyenne ou faible sont nouvelles ; elles sont marquées
} ci-dessous.

## Alertes

alerts = Alertes
alerts-none = Aucune règle n’a rien trouvé.
alerts-lead = Ce que les règles trouvent dans les enregistrements ; chaque alerte dit depuis quand, sur quels nombres et sur quelles sources elle repose.
new = nouveau
new-mark = (nouveau)

## La fin

how-to-read = Comment lire ce rapport
sources = Sources
sources-none = Aucune source n’est citée.
published = , { $by }, { $day }.
published-without-publisher = , { $day }.
no-date-given = sans date
footer = { $title }. Série : { $schedule }. Établi par Passage ; les mêmes données donnent le même rapport.
ledger = Registre : entrée { $entry }, tête { $head }

## Ce qu’un texte omet

left-out-area = … et { more-areas }, dans les versions HTML et JSON.
left-out-alert = … et { $count ->
    [one] { $count } autre alerte
   *[other] { $count } autres alertes
}, dans les versions HTML et JSON.
left-out-change = … et { $count ->
    [one] { $count } autre changement
   *[other] { $count } autres changements
}, dans les versions HTML et JSON.
left-out-convoy = … et { $count ->
    [one] { $count } autre convoi
   *[other] { $count } autres convois
}, dans les versions HTML et JSON.
left-out-pause = … et { $count ->
    [one] { $count } autre pause
   *[other] { $count } autres pauses
}, dans les versions HTML et JSON.
left-out-statement = … et { $count ->
    [one] { $count } autre déclaration
   *[other] { $count } autres déclarations
}, dans les versions HTML et JSON.
left-out-incident = … et { $count ->
    [one] { $count } autre incident
   *[other] { $count } autres incidents
}, dans les versions HTML et JSON.
left-out-source = … et { $count ->
    [one] { $count } autre source
   *[other] { $count } autres sources
}, dans les versions HTML et JSON.
