"""Words that tell people, places and organisations apart. English, with the German ones that
stand before a name; other languages are served by Babel's names and by the signs alone."""

from __future__ import annotations

HONORIFICS = frozenset(
    """Mr Mrs Ms Miss Mx Cllr Councillor Dr Prof Sir Dame Lord Lady Rev Fr Herr Frau Madame Monsieur
    Señor Señora Mr. Mrs. Ms. Dr. Prof. Rev. Sen. Rep. Gov. Gen. Col. Lt. Sgt. Capt.""".split()
)

#: Nouns for what a person is; matched in lower case, before or after a name.
ROLE_HEADS = frozenset(
    """president minister secretary envoy ambassador chancellor senator governor mayor king queen
    prince princess pope bishop archbishop cardinal priest general colonel captain major
    admiral lieutenant sergeant commander commissioner chief head chair chairman chairwoman
    chairperson director manager officer executive founder co-founder owner boss leader deputy
    adviser advisor spokesman spokeswoman spokesperson speaker counterpart premier monarch
    emperor empress duke duchess judge justice lawyer attorney prosecutor sheriff detective
    inspector constable professor lecturer advocate provost monk friar abbot theologian
    researcher scientist historian economist analyst engineer architect doctor nurse surgeon
    physician psychologist chemist physicist biologist naturalist botanist geologist
    mathematician astronomer philosopher teacher schoolteacher schoolmaster headmaster
    headteacher student pupil journalist reporter editor correspondent columnist writer author
    novelist poet playwright painter sculptor artist photographer musician composer conductor
    singer actor actress filmmaker producer designer developer programmer maintainer
    translator carpenter farmer fisherman baker butcher miller merchant trader banker
    accountant treasurer clerk cashier driver pilot sailor skipper soldier guard keeper
    gardener warden ranger farmhand goalkeeper striker midfielder defender coach trainer
    athlete runner swimmer cyclist champion candidate member resident neighbour neighbor
    volunteer activist campaigner organiser organizer coordinator explorer inventor
    mountaineer climber father mother son daughter brother sister uncle aunt cousin husband
    wife widow widower grandfather grandmother nephew niece friend colleague partner assistant
    apprentice substitute referee umpire violinist pianist cellist guitarist organist
    drummer cartographer hydrographer choreographer dentist pharmacist anthropologist
    archaeologist linguist statistician technician electrician plumber mechanic librarian
    curator archivist lexicographer midwife carer chef waiter tailor blacksmith jeweller
    steward butler housekeeper landlord landlady tenant councillor parliamentarian diplomat
    superintendent principal rector vicar pastor chaplain rabbi imam nun missionary surveyor
    geographer ecologist oceanographer meteorologist seismologist hostess presenter
    broadcaster screenwriter businessman businesswoman entrepreneur industrialist
    philanthropist investor broker magistrate solicitor barrister notary whistleblower
    witness defendant shareholder strategist planner navigator astronaut cosmonaut aviator
    beekeeper innkeeper shopkeeper publisher bookseller printer
    ingenieur präsident präsidentin ministerin kanzler kanzlerin bürgermeister
    bürgermeisterin direktor direktorin professorin lehrer lehrerin maler malerin dichter
    dichterin sprecher sprecherin leiter leiterin tochter sohn bruder schwester vater mutter
    vorsitzender vorsitzende abgeordneter abgeordnete geschäftsführer geschäftsführerin
    forscher forscherin trainerin autor autorin architektin""".split()
)
#: The same as a pattern, in lower case; German makes one word of an office and its field.
ROLE_HEAD = "|".join(
    [
        *sorted(ROLE_HEADS, key=len, reverse=True),
        r"[a-zäöüß-]{3,}(?:minister|meister|führer|leiter|sprecher|präsident|direktor|forscher|"
        r"lehrer|chef|inspektor|beauftragter?)(?:in)?",
    ]
)

#: Words that may stand before such a noun and belong to it.
ROLE_MODIFIERS = frozenset(
    """special foreign prime vice deputy chief managing executive press former acting senior junior
    late first second assistant associate general interim outgoing incoming national regional
    local finance interior defence defense transport health education trade justice home
    agriculture environment energy labour labor economy culture sports security opposition
    union party state federal royal works harbour harbor old young retired lead head co own
    only next new founding executive-vice french german british american russian""".split()
)

#: Verbs of speaking, as they stand beside a speaker.
SPEECH_VERBS = frozenset(
    """said says say told tells added adds asked asks replied replies answered answers explained
    explains argued argues claimed claims warned warns announced announces insisted insists
    noted notes stated states declared declares wrote writes shouted shouts whispered whispers
    cried cries called calls described describes commented comments remarked remarks admitted
    admits confirmed confirms stressed stresses urged urges recalled recalls joked jokes
    suggested suggests exclaimed murmured muttered continued observed concluded complained
    complains testified predicted promised vowed denied tweeted posted quipped responded
    responds sagte sagt erklärte erklärt meinte meint fragte rief antwortete schrieb dit
    déclare dijo dice disse""".split()
)

#: Stand for a speaker who was named before.
PRONOUNS = frozenset({"he", "she", "they", "er", "sie"})

#: Verbs whose subject is a person, beside those of speaking.
HUMAN_VERBS = frozenset(
    """met meets paid pays thinks thought believes believed hopes hoped wants wanted knows knew
    smiled laughed nodded sighed walked climbed sat stood bought sold married lived died born
    retired resigned proposed proposes agreed accepted refused visited attended arrived
    studied taught played sang won led founded invented discovered painted designed lent
    borrowed loved feared remembered forgot decided tried stopped looked listened heard oiled
    carried showed proved developed introduced published demonstrated established studied
    volunteered chaired organised organized endorsed obtained""".split()
)

#: "... by X": the X is a person.
MADE_BY = frozenset(
    """written designed painted reported described led founded directed composed discovered invented
    played sung edited translated photographed proposed chaired taught organised organized
    drawn recorded told signed owned planted opened restored raised praised named""".split()
)

#: The last word of an organisation's name.
ORGANISATION_ENDS = frozenset(
    """Agency Airlines Airways Alliance Army Assembly Association Authority Bank Board Bureau
    Cabinet     Centre Center Chamber Club College Commission Committee Company Congress Consortium
    Corporation Corp Corps Council Court Department Exchange Federation Foundation Force Forum
    Fund GmbH Group Guild Hospital Inc Industries Institute Institution Lab Laboratory Labs
    League Library Lines Ltd LLC Ministry Museum Navy NGO Office Organisation Organization
    Parliament Partners Party PLC Police Press Reserve School Senate Service Services Society
    Sons Studio Studios Team Times Treasury Trust Tribunal Union University Wire Herald
    Gazette Post Tribune Motors Electric Dynamics Mills AG SE SA SpA NV KG eV Athletic Rovers
    Wanderers United FC AFC SC CF Homes Holdings Securities Energy Energie Systems
    Technologies Solutions Logistics Ferries Media Networks Network Software Records Pictures
    Foods Pharma Pharmaceuticals Capital Ventures Consulting Partnership Initiative Coalition
    Orchestra Choir Ensemble Academy Archive Archives Regiment Brigade Stiftung Verlag Verband
    Verein""".split()
)
#: The law's words for a company, at the end of its name.
COMPANY_FORMS = frozenset(
    "GmbH AG SE SA SpA NV BV KG Ltd LLC PLC Plc Inc Corp Oy AB AS ApS".split()
)
#: The first word of names such as "Studio Anders Holm", "Universität Wien", "Banque Atlas".
ORGANISATION_OPENINGS = frozenset(
    """Studio Banque Banco Banca Groupe Grupo Gruppo Institut Instituto Istituto Universität
    Université Universidad Università Stadtwerke Verband Verein Verlag Stiftung Landgericht
    Amtsgericht Ministerium""".split()
)
#: The first word of "Ministry of Transport" and the like.
ORGANISATION_STARTS = frozenset(
    """Agency Association Bank Board Chamber Church College Commission Committee Council Court
    Department Federation Foundation House Institute League Ministry Museum Office Organisation
    Organization Port Society Union University Academy Bureau""".split()
)
#: Organisations whose name does not tell.
KNOWN_ORGANISATIONS = frozenset(
    """EU UN NATO AFP BBC CNN WHO IMF WTO OPEC OECD UNESCO UNICEF FIFA NASA ESA FBI CIA IAEA Reuters
    Bloomberg Kremlin Pentagon Hamas Hezbollah Congress Google Microsoft Apple Amazon Facebook
    Meta""".split()
) | {"White House", "Associated Press", "Elysee Palace", "Élysée Palace", "State Department",
     "Downing Street", "European Union", "United Nations", "Red Cross"}  # fmt: skip

#: Words in the name of a place.
PLACE_STARTS = frozenset("Lake River Mount Mt Cape Fort Port Glen Loch Isle Gulf Bay".split())
#: Begins people's names as well: "Ben Tarrow", "San Pedro", "St Brenna".
MAYBE_PLACE_STARTS = frozenset("Ben San Santa Sant Saint St Los Las El".split())
PLACE_ENDS = frozenset(
    """Street Road Avenue Lane Square Walk Bridge Tunnel Island Islands Isles Lake River Mountain
    Mountains Hills Valley Bay Sea Ocean Coast Point Rock Path Park Forest Desert Peninsula
    Harbour Harbor Terrace Crescent County Province District Region Castle Palace Cathedral
    Tower Hall Hotel
    Station Airport Gardens Delta Plain Basin Strait Glacier Plateau Creek Reef Ridge
    Dam Stadium Theatre Monument Empire Territory Republic Kingdom Boathouse Falls Canal Beach
    Heights Village City""".split()
)
#: "the village of Hask", "Insel Merlum": what comes next is a place.
PLACE_SORTS = frozenset(
    """village town city island county province district region state republic port harbour harbor
    hamlet valley mountain parish monastery abbey convent suburb borough municipality peninsula
    uplands kingdom insel stadt dorf hafen""".split()
)
#: After these, a name is likely a place.
PLACE_PREPOSITIONS = frozenset("in at near from to on off into towards around across".split())
#: Go on behind the name of a place; another small word may be what the name only describes.
FOLLOWS_PLACE = frozenset(
    """and or but nor in on at to from with without by for as of off into near over under is was
    were are be has had have will would can could may might who whom which that where when while
    after before until since during because though although if than then now today once again
    alone also there so the a an his her its their about around between through hours days weeks
    months years und oder mit von aus bei ist war hat am an auf zu zum zur nach bis seit""".split()
)
MOTION_VERBS = frozenset(
    """move moves moved moving travel travels travelled traveled travelling traveling fly flies flew
    flying go goes went going gone head heads headed heading return returns returned returning
    sail sails sailed sailing drive drives drove driving come comes came coming visit visit's
    visits visited visiting sent send get back trip trips journey""".split()
)

#: The last word of a name that is neither a person's nor a place's.
THINGS = frozenset(
    """War Wars Treaty Act Law Theorem Prize Award Cup Battle Revolution Rebellion Edict Agreement
    Accord Convention Constitution Code Bible Gospel Church Empire Dynasty Age Era Period Day
    Night Project Programme Program Plan Policy Movement Method Test Model Law Effect
    Principle Process System Series Edition Festival Games Championship League Trophy Protocol
    Study Report Language Catholicism Islam Christianity Judaism Buddhism Hinduism
    Protestantism Marxism""".split()
)

#: Capitalised for another reason than being a name.
NOT_NAMES = frozenset(
    """I I’m I'm I’d I'd I’ll I've The A An And But Or Nor So Yet If In On At By For From To Of With
    As It Its He She We They You His Her Their Our My Your This That These Those There Here
    When Where While What Which Who Whom Whose Why How Not No Yes Both Each Every All Any Some
    Many Most Several Few Other Another Such Only Also Even Just Still Then Than After Before
    During Since Until Although Though Because However Despite Following Nobody Nothing
    Somebody Everybody Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Easter
    Christmas God Internet Web Republican Republicans Democrat Democrats Photo Image Picture
    Table Figure Chapter Section Part Note Notes Place Date Present Apologies Minutes Members
    TODO FAQ PDF HTML HTTP URL API JSON TOML INI YAML XML SQL CSV Windows Linux Python""".split()
)
