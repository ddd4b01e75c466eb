# Combien de temps les vivres suffisent, ce qui manque.

lasts-heading = Combien de temps les vivres suffisent
lasts-nothing = On ne connaissait aucune zone assiégée ou difficile d’accès, ni aucun stock compté.
lasts-band = Jour au plus tôt, médian et au plus tard : une chance sur dix que les vivres s’épuisent avant le premier, autant de chances avant qu’après le jour médian, une chance sur dix qu’ils durent au-delà du dernier.
lasts-holds-if = Ces jours valent si aucun autre convoi n’arrive.
lasts-over = plus de { $days }
lasts-range = { $middle } ({ $early } à { $late })
lasts-gone = les vivres comptés sont épuisés
lasts-gone-range = les vivres comptés sont épuisés (0 à { $late })
lasts-never = ne s’épuise pas en l’état
lasts-not-within = pas avant { $days } jours
lasts-nobody = personne n’en a besoin
later-than-looked = au-delà de la durée examinée
one-in-ten-before = une chance sur dix avant le { $day }
not-before = pas avant le { $day }, dans { $days }

counted-that-day = compté le { $day }, ce jour-là{ $held }
counted-ago = compté le { $day }, il y a { $days }{ $held }
held-by = , détenu par { $holders }
since-then = depuis lors : { $events }
known-since = connu : { $events }

head-days-left = Jours restants
head-rests-on = Repose sur
head-urgency = Urgence
not-called-cut-off = personne ne la dit isolée
deliveries-alone = les seules livraisons connues ; le stock n’est pas compté
deliveries-alone-text = stock non compté, les seules livraisons connues
food-line = { $area }. Jours restants : { $left }. Urgence : { $urgency }. Population : { $people }. Repose sur : { $rests }.
food-dates = { $left } : { $dates }

## Ce qu’il faut garder à l’esprit

note-one_holder = Repose sur ce qu’une seule organisation détient : les dates sont un plancher, non une prévision. Ce que d’autres et les familles détiennent n’y est pas.
note-unknown_inflow = Ce qui entre de soi-même (production propre, commerce, contrebande) n’est pas connu et compte pour rien : les vivres peuvent durer plus longtemps.
note-stale_count = Le comptage est ancien : ce qui a été mangé, apporté et perdu depuis est calculé, non compté.
note-counts_may_overlap = Plusieurs organisations ont compté ce qu’elles détiennent, peut-être les mêmes vivres : le moins est le plus grand comptage, le plus est leur somme.
note-unknown_arrivals = Il est arrivé quelque chose dont personne n’a dit la quantité ; cela n’est pas calculé : les vivres peuvent durer plus longtemps.
note-assumed_ration = L’énergie des rations en stock n’est pas dite : prise entre la ration du programme et 2 100 kcal.
note-assumed_cargo = Pour certaines arrivées, les sources disent seulement pour combien de personnes elles étaient ; la ration du programme est supposée.
note-open_population = Personne n’a donné de borne haute pour la population : le jour au plus tôt peut être plus proche.
note-low_ration = On suppose que les gens mangent moins de la moitié de ce qu’il leur faut.
note-counts_in_words = D’autres déclarations de stocks sont en mots ou en unités qui ne peuvent être comptées, et sont laissées de côté.

## Zones sans jour

area-with-people = { $area } ({ $people } personnes)
stock-not-counted = Pour { areas } dites assiégées ou difficiles d’accès, aucun décompte du stock n’est connu : { $named }.
count-first = À compter d’abord, là où ce que l’on sait être arrivé s’épuise le plus tôt et où vivent le plus de gens : { $named }.
people-not-counted = Pour { areas }, aucun décompte de la population n’est connu, de sorte que rien ne peut être dit : { $named }.
nobody-in-need = Personne n’y a besoin de vivres : { $named }.

## La phrase en tête

ends-first = { $area } : { $food ->
    [counted] les vivres comptés s’épuisent
   *[all] les vivres s’épuisent
} vers le { $middle }, dans { $days } ({ $early } à { $late }), si aucun autre convoi n’arrive.
ends-first-gone = { $area } : { $food ->
    [counted] les vivres comptés sont désormais épuisés
   *[all] les vivres sont désormais épuisés
}.
ends-first-holder = Seul le stock détenu par { $holders } a été compté, le { $day }{ $aged ->
    [yes] , il y a { $age }
   *[no] {""}
} : c’est une date plancher, non une prévision.
ends-first-others = Dans { more-areas }, ils s’épuisent aussi d’ici à deux semaines.

## Le graphique

chart-title = Jours de vivres restants, par zone, les plus urgentes d’abord
chart-described = { $days }. Le tableau donne les mêmes nombres.
chart-bar = { $area } : { $left }
chart-caption = Bande hachurée : du jour au plus tôt au jour au plus tard. Trait épais : le jour médian. Flèche : cela continue au-delà des { $days } jours montrés, dont voici le début : { $begin }. Un jour est placé sur l’axe là où il finit.
chart-left-out = { more-areas } dans le tableau.

## Ce qui manque

gap-heading = Ce qui manquera dans les 30 prochains jours
gap-not-known = Non connu : aucun décompte de la population n’est connu.
gap-lead = Personnes sans vivres, du { $from } au { $to }, et ce qu’il faut.
head-people-without-food = Personnes sans vivres
head-tonnes = Tonnes
head-convoys-of-gap = Convois
gap-stock-not-counted = stock non compté
gap-line = { $area } : { $missing }.
gap-missing = personnes { $people } ; tonnes { $tonnes } ; camions { $trucks }
gap-missing-convoys = personnes { $people } ; tonnes { $tonnes } ; camions { $trucks } ; convois { $convoys }
gap-all = Les { $areas } ensemble
gap-all-text = Les { $areas } zones ensemble, du moins au plus : { $missing }.
least-to-most = du moins au plus
gap-assumes = On suppose 2 100 kcal par personne et par jour, { $ration } kg par ration, { $loss } % de pertes de manutention, { $payload } tonnes par camion{ $own }, et aucun autre convoi ; là où le stock n’est pas compté, il peut y en avoir assez pour tous.
gap-own = ; selon ce qui est enregistré pour { $areas }
gap-own-area = { $area } ({ $haulage })
gap-haulage = { $ration } kg, { $loss } %, { $payload } tonnes
gap-haulage-convoy = { $ration } kg, { $loss } %, { $payload } tonnes, { $trucks } camions par convoi
gap-no-convoys = Le nombre de convois n’est pas dit : personne n’a enregistré combien de camions vont dans un convoi.
gap-unknown = Ce qui manque dans { more-areas } n’est pas connu : aucun décompte de la population n’est connu.
