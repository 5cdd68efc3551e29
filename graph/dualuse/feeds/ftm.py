"""The vocabulary of FollowTheMoney: its schemata, and its properties by what their values are."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SCHEMATA = _set("""
    Address Airplane Analyzable Article Assessment Asset Associate Audio BankAccount Call CallForTenders Company
    Contract ContractAward CourtCase CourtCaseParty CryptoWallet Debt Directorship Document Documentation
    EconomicActivity Email Employment Event Family Folder HyperText Identification Image Interest Interval
    LegalEntity License Membership Mention Message Note Occupancy Organization Ownership Package Page Pages
    Passport Payment Person PlainText Position Post Project ProjectParticipant PublicBody RealEstate
    Representation Sanction Security Similar Succession Table TaxRoll Thing Trip UnknownLink UserAccount Value
    Vehicle Vessel Video Workbook
""")
"""Names of schemata."""

LINKS = _set("""
    addressEntity agencyClient agent agentRepresentation ancestors asset associate associates associations
    authoredAssessments awards bank bankAccount bankAccounts bankForeign bankRub beneficiary beneficiaryAccount
    callForTenders caller callsMade callsReceived candidate candidateSimilars case children client contract
    contractAuthority contractAwardSupplier contractAwards contractBankAccount contractHolder contracts courtCase
    creditor cryptoWallets debtCreditor debtDebtor debtor declarant declaredCustoms delegatedCallForTenders
    descendants director directorshipDirector directorshipOrganization document documentedBy
    economicActivityContract economicActivityDeclarant economicActivityHolder economicActivityReceiver
    economicActivitySender emailsReceived emailsSent emitters employee employees employer employers endLocation
    entity eventsInvolved eventsOrganized familyPerson familyRelative foreignBankAccount holder identification
    images inReplyToEmail inReplyToMessage involved issuer match matchSimilars member membershipMember
    membershipOrganization mentionedBy mentionedEntities messagesReceived messagesSent noteEntities object
    occupancies onBehalfOf operatedVehicles operator organization organizer ownedVehicles owner ownershipAsset
    ownershipOwner pages parent participant participants parties party payer payerAccount paymentBeneficiary
    paymentBeneficiaryAccount paymentContract paymentPayer paymentPayerAccount payments person pictured
    positionOccupancies positions post posts predecessor predecessors project projectParticipation proof proven
    receiver recipientAccount recipients relatedEntities relative resolved responses rubBankAccount sanctions
    securities senderAccount startLocation subsidiaries subunits successor successors supplier taxRolls taxee
    tenderers things transport tripsDeparting tripsIncoming tripsInvolved unknownLinkFrom unknownLinkTo
    userAccounts vehicle
""")
"""Properties whose values are ids of other entities, both ways round."""

NAMES = _set("""
    alias previousName weakAlias
""")
"""Properties whose values are further names."""

DATES = _set("""
    authoredAt awardNoticeDate awardingDate balanceDate birthDate buildDate clarificationDeadline closeDate
    closingDate contractDate contractNoticeDate createDate createdAt creationDate date deathDate declarationDate
    deregistrationDate dissolutionDate endDate fileDate inceptionDate incorporationDate issueDate listingDate
    maturityDate maxBalanceDate modifiedAt nameChangeDate openingDate processedAt publicationDate publishDate
    publishedAt registrationDate retrievedAt startDate submissionDeadline
""")
"""Properties whose values are a day, a month or a year."""

COUNTRIES = _set("""
    birthCountry citizenship contextCountry country departureCountry destinationCountry flag jurisdiction
    mainCountry nationality originCountry pastFlags tradingCountry
""")
"""Properties whose values are codes of countries."""

IDENTIFIERS = _set("""
    accountNumber authorityId authorityReferenceId bic bvdId cadastralCode cageCode callId callSign caseNumber
    ccdNumber cikCode coatoCode cpvCode crsNumber dunsCode figiCode fnsCode giiNumber googlePlaceId iban ibcRuc
    icaoCode idNumber imoNumber innCode ipoCode irsCode isin isinCode jibCode kppCode leiCode licenseNumber
    mbsCode mmsi npiCode number nutsCode ogrnCode okpoCode osmId passportNumber permId personalNumber pfrNumber
    projectId publicKey registrationNumber ricCode serialNumber socialSecurityNumber swiftBic taxNumber ticker
    titleNumber uniqueEntityId unscId vatCode vedCode voenCode wikidataId
""")
"""Properties whose values are numbers and codes that others gave."""

NUMBERS = _set("""
    amount amountEur amountUsd balance confidenceScore fileSize grossRegisteredTonnage height index latitude
    longitude maxBalance maximumNumberOfLots numberOfLots numberOfSeats rowCount samplingRate sharesCount
    sharesValue tonnage weight
""")
"""Properties whose values are amounts."""

TEXTS = _set("""
    abbreviation accountType alephUrl amended appearance area assessmentId author authority awardedInLots
    bankAddress bankName bcc bikCode birthPlace bodyHtml bodyText caemCode callerNumber cancelled capital category
    cc ccdValue censusBlock certificationCheck city classification collateral columns commodities
    companiesMentioned contentHash contextEmail contextPhone court crawler criteria csvHash currency
    currencySymbol customsAmount customsProcedure decisionReason description detectedCountry detectedLanguage
    detectedSchema directionOfTransportation directive documentNumber documentType dollarExchRate duration
    education email emailMentioned encoding encumbrance ethnicity euFunding evaluationMechanism extension eyeColor
    fallsUnderGPPScope fatherName fileName firstName from fssCode gender generator givenName goal goodsDescription
    hairColor headers ibanMentioned icijId important inReplyTo income indexText invoiceAmount involvesOutcome
    ipAddress ipMentioned keywords landType language lastName legalBasis legalForm location locationMentioned
    lotNumber lotsNames mangingExchange manufacturer matcher messageId metadata method middleName mimeType model
    motherName multipleTenders nameSuffix namesMentioned navigationArea notes noticeId numberAwards okopfCode
    oksmCode okvedCode opencorporatesUrl ownershipType password pastTypes paymentOptions pdfHash peopleMentioned
    phase phone phoneMentioned political position postOfficeBox postalCode privateKey procedure procedureNumber
    processingAgent processingError processingStatus procurementType programUrl programme propertyType provisions
    publisher publisherUrl purpose reason receiverNumber recordId region registrationPort relationToThreshold
    relationship religion remarks reverseAuctionsIncluded reviewDate role secondName secretary sector sender
    sequenceNumber service sharesCurrency sharesType sourceUrl spokenLanguage state status street street2 subject
    subnationalArea summary surname taxPaid taxStatus tedUrl tendersForLots tenure threadTopic title to
    transactionNumber translatedLanguage translatedText translatedTextLanguage type username vedCodeDescription
    wealth website wikipediaUrl
""")
"""Properties that are kept as they stand."""

OTHERS = _set("name address full percentage topics program programId")
"""Properties that are read each in a way of its own."""

PROPERTIES = LINKS | NAMES | DATES | COUNTRIES | IDENTIFIERS | NUMBERS | TEXTS | OTHERS
"""Every property known here."""
