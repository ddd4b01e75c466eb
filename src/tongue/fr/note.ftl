# Ce qu’il faut garder à l’esprit des chiffres, et comment ils découlent les uns des autres.

## Combien de temps dure une chose

outlook-not-counted = On ne sait pas si quelqu’un a compté les réserves. Le jour donné est le plus proche : il repose sur les seules livraisons connues.
outlook-one-holder = Ceci repose sur ce que détient une seule organisation ({ $holder }) : c’est une date au plus tôt, pas une prévision. Ce que détiennent les autres et les familles n’y est pas.
outlook-stale-count = Jours écoulés depuis le comptage : { $days }.
outlook-no-convoy = Les jours valent si aucun autre convoi n’arrive.
outlook-planned-convoys = Les jours valent si les convois prévus arrivent comme prévu et qu’aucun autre n’arrive.
outlook-stale_inflow = Ce qui entre de soi-même a été rapporté il y a longtemps ; si cela a cessé, les réserves s’épuisent plus tôt.
outlook-counts_may_overlap = Plusieurs organisations ont compté ce qu’elles détiennent et ont pu compter les mêmes vivres : le minimum est le plus grand compte, le maximum leur somme.
outlook-unknown_inflow = Ce qui entre de soi-même (production propre, commerce, contrebande) n’est pas connu et est compté pour rien ; les réserves peuvent durer plus longtemps.
outlook-unknown_arrivals = Quelque chose est arrivé dont on ne sait pas combien est venu ici ; ce n’est pas compté, et les réserves peuvent durer plus longtemps.
outlook-unknown_losses = Quelque chose a été détruit dont on ne sait pas combien a été perdu ici : entre rien et tout ce qu’il y avait.
outlook-assumed_ration = L’énergie des rations en réserve n’est pas précisée : entre la ration du programme et 2 100 kcal.
outlook-assumed_cargo = Pour certaines arrivées, les sources disent seulement pour combien de personnes elles étaient ; la ration du programme a été supposée.
outlook-open_population = Personne n’a donné de maximum pour le nombre de personnes, si bien qu’il n’y a pas de jour au plus tôt : plus elles sont nombreuses, plus tôt les réserves s’épuisent.
outlook-low_ration = On suppose que les gens mangent moins de la moitié de ce dont ils ont besoin.
outlook-counts_in_words = Certaines déclarations de réserves sont en mots ou en unités qui ne se comptent pas ; elles figurent parmi les données d’entrée.
outlook-formula = Jours restants = ce qui est en stock ÷ ({ $need } − ce qui entre de soi-même chaque jour). En stock : { $store ->
    [counted] ce qui a été compté, et ce qui est arrivé depuis, moins ce qui a été détruit, utilisé, perdu à la manutention et détourné
   *[known] seulement ce dont l’arrivée est connue, moins ce qui a été utilisé, perdu à la manutention et détourné
}.{ $how }
need-food = personnes × la part de 2 100 kcal qu’elles mangent
need-water = personnes × la part de 15 L qu’elles utilisent
need-health = personnes que l’on peut en soigner
need-fuel = litres brûlés chaque jour
eaten-full = {""}
eaten-constant = { " " }On mange la même part chaque jour.
eaten-threshold = { " " }On mange tout ce qu’il faut tant qu’il y en a assez, et une part quand il en reste peu.

## Ce qui manque

lack-not-counted = On ne sait pas si quelqu’un a compté les réserves : le déficit se situe entre rien et ce que les livraisons connues laissent à couvrir.
lack-unknown-inflow = Ce qui entre de soi-même n’est pas connu et est compté pour rien.
lack-unknown-arrivals = Quelque chose est arrivé dont on ne sait pas combien est venu ici.
lack-unknown-people = On ne sait pas si quelqu’un a compté la population.
lack-no-need = Personne n’y a besoin de vivres.
lack-formula = Déficit = ce qui est nécessaire − ce qu’il y en a à manger. Personnes = déficit ÷ jours. Tonnes = déficit × poids d’une ration ÷ (1 − perte). Camions = tonnes ÷ charge utile, arrondi au supérieur.

## Couverture, totaux, parcours des biens, accès

coverage-is = Ce qu’il y avait à manger rapporté au besoin : le stock compté, ce qui est arrivé et ce qui entre de soi-même, reporté de jour en jour. Si personne n’a compté le stock, la couverture se situe quelque part entre ce que donnent les livraisons connues et 1.
totals-of-schemes = Les listes comptent selon leurs propres définitions et ne s’additionnent jamais.
totals-of-lists = { $people } est la somme des zones nommées qui ont un chiffre ; { $list_total } est ce qui a été publié pour toute la liste, sans répartition entre les zones.
flow-conserved = Pour les marchandises : { $equation }.
flow-delivered = Rien d’un convoi qui n’est pas arrivé n’est livré. Pour un convoi arrivé, on retient le plus petit de ce qui est rapporté et de ce qui restait ; { $delivered_implied } est la part que personne n’a rapportée.
flow-sums = Les sommes portent sur ce qui est connu. Les articles d’un même secteur, d’une même sorte et d’une même unité sont additionnés ; les secteurs ne le sont jamais.
flow-without-goods = Les convois sans liste de marchandises ne comptent qu’en camions et en personnes. Un convoi parti compte comme approuvé, et un convoi approuvé comme demandé.
flow-once = Les missions sans cargaison ne sont pas comptées. Les parties et l’ensemble d’une opération sont comptés une seule fois ; les marchandises d’un secteur que seul l’élément écarté mentionne sont comptées aussi.
access-never-added = Les demandes isolées et les comptes publiés ne sont jamais additionnés ; les comptes publiés se recoupent et sont montrés tels que leurs sources les donnent.
access-people = { $people } ne compare que les demandes dont les deux nombres sont connus.
access-hours = Les heures reposent sur les demandes dont le jour de la demande et celui de la réponse sont connus ; un jour laisse une fourchette.
access-open = { $pending } attend encore ; { $no_answer } est une demande dont la source dit que rien n’est venu. Les deux restent ouvertes.
