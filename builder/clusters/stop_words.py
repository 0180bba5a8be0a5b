"""Words that say nothing of a picture: small words of big languages, and words of catalogues."""

from __future__ import annotations

_ENGLISH = """
a about above across after again all along also although among an and another any are around as at
away back be because been before behind being below between both but by can cannot could did do
does done down during each either every few first for from further had has have having he her here
hers him his how however i if in inside into is it its itself last least less like made make many
may me might more most much must my near neither next no none nor not nothing now of off often on
once one only onto or other others our out outside over own part per same see seen several shall
she should showing shown shows since so some still such taken than that the their them then there
these they third this those though three through thus to together too toward towards two under
until up upon us used very was way we well were what when where whether which while who whole whom
whose why will with within without would yet you your second four five six seven eight nine ten
"""
_FRENCH = """
a alors après au aucun aussi autre autres aux avant avec avoir ayant bien car ce ceci cela celle
celui ces cet cette chaque chez comme comment contre dans de depuis des deux dont du elle elles en
encore entre est et être eu fait faire hors il ils je jusque la laquelle le lequel les leur leurs
lui mais même mes moins mon ne ni nos notre nous on ont ou où par parmi pas pendant peu plus pour
près puis quand que quel quelle qui quoi sa sans se selon ses si son sont sous suivant sur tandis
tous tout toute toutes très trois trop un une vers voici voir vos votre vous
"""
_GERMAN = """
aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bereits
bis da dabei damit dann das dass dem den denn der deren des dessen die dies diese diesem diesen
dieser dieses doch dort drei du durch ein eine einem einen einer eines er es etwa für gegen hat
haben hier hinter ich ihm ihn ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder
jedes jene kann kein keine mehr mein mit nach neben nicht noch nur ob oder ohne schon sehr sein
seine seinem seinen seiner sich sie sind so sondern über um und uns unter vom von vor war waren was
weil welche welcher wenn wer werden wie wieder wir wird wo wurde wurden zu zum zur zwei zwischen
"""
_ITALIAN = """
ad agli ai al alla alle allo altra altre altri altro anche ancora che chi ci come con contro cui da
dagli dai dal dalla dalle dallo degli dei del della delle dello dentro di dopo dove due è e ed era
essere fa fra fu gli ha hanno il in io la le lo loro ma me mentre mi molto ne negli nei nel nella
nelle nello noi non nostro o ogni per perché più poi presso prima quale quando quanto quella quelle
quelli quello questa queste questi questo sarà se senza si sia sono sopra sotto su sua sue sugli
sui sul sulla sulle sullo suo tra tre tutti tutto un una uno verso vi
"""
_SPANISH = """
al algo algunas algunos ante antes como con contra cual cuando de del desde donde dos durante e el
ella ellas ellos en entre era es esa ese eso esta este esto estas estos está fue ha hacia han hasta
hay la las le les lo los más me mi mientras muy nada ni no nos o otra otras otro otros para pero
poco por porque que quien se según ser si sin sino sobre son su sus también tan tanto te tiene
todas todo todos tras tres tu un una unas uno unos y ya
"""
_PORTUGUESE = """
ao aos aquela aquele as até cada com como da das de dela dele depois do dos duas e ela ele em entre
era essa esse esta este eu foi isso isto já lhe mais mas mesmo muito na nas nem no nos nossa num
numa não o os ou outra outro para pela pelas pelo pelos por quando que quem se sem ser seu seus
sobre sua suas são também tem toda todo um uma umas uns à às é
"""
_DUTCH = """
aan al alle als bij dat de deze dit door een en er geen had heeft het hier hij hun ik in is je kan
maar meer met naar niet nog of om onder ook op over te tot uit van veel voor was wat we werd wie
wij worden wordt zich zij zijn zo zonder
"""
_LATIN = """
ab ac ad apud at atque aut autem circa contra cum de deinde dum ea ego eius eo eorum erat esse est
et etiam ex haec hanc hic hoc huius iam id idem igitur ille in inter ipse ita nam ne nec neque nisi
non nunc ob per post pro qua quae quam quando quasi qui quia quibus quid quidem quo quod quoque se
sed seu si sic sicut sine sit sive sub sui sunt super suus tam tamen tunc ubi vel vero
"""
_CATALOGUES = """
abb abbildung band bild blatt book books capitolo cap century chapter col dessin detail diagram
diagrams drawing drawings edition editor ed edited fig figs figura figure figures fol folio folios
footnote frontispiece gutenberg ill illustration illustrations image images inc jahrhundert jpeg
jpg kapitel library livre manuscript manuscripts ms mss no nos nr page pages pag photo photograph
picture pictures pl plate plates png project print recto s seite siècle siglo secolo sheet svg tab
tabula tafel tav tiff title unknown untitled verso view vol volume von github gitenberg commit via
see caption text image
"""

STOP_WORDS = frozenset(
    word
    for words in (
        _ENGLISH,
        _FRENCH,
        _GERMAN,
        _ITALIAN,
        _SPANISH,
        _PORTUGUESE,
        _DUTCH,
        _LATIN,
        _CATALOGUES,
    )
    for word in words.split()
)
"""All of them, in lower case."""
