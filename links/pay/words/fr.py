"""French."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "title": "Paiement sécurisé",
    "pay.heading": "Payer {merchant}",
    "pay.button": "Payer {amount}",
    "pay.paid": "Déjà payé : {amount}",
    "pay.open_amount": "Vous choisissez le montant",
    "amount.label": "Montant à payer ({currency})",
    "live.amount.hint": "Tout montant entre {least} et {most}.",
    "pay.for": "Objet",
    "pay.reference": "Référence",
    "pay.expires": "Ce lien fonctionne jusqu’au {when}.",
    "pay.agent": "{agent}, de {merchant}, vous accompagne",
    "pay.agent_unnamed": "{merchant} vous accompagne",
    "pay.notice": "L’agent qui vous accompagne voit où vous en êtes, jamais les données de votre carte.",
    "pay.card_heading": "Payer par carte",
    "pay.wallets": "Ou payer avec un portefeuille électronique",
    "pay.redirect_heading": "Payer en toute sécurité",
    "pay.redirect": (
        "Le paiement se poursuit sur la page sécurisée du prestataire de paiement. Vous revenez ici ensuite."
    ),
    "pay.redirect_privacy": (
        "Vous saisissez vos données de paiement chez le prestataire de paiement, pas sur cette page. {merchant} "
        "ne les voit jamais."
    ),
    "pay.review": "Vérifiez avant de payer",
    "pay.review_to": "À",
    "pay.review_amount": "Montant",
    "pay.privacy": (
        "Les données de votre carte vont directement de cette page au prestataire de paiement. {merchant} ne les "
        "voit jamais."
    ),
    "pay.slow": "Le formulaire de carte tarde à arriver.",
    "pay.reload": "Recharger la page",
    "pay.no_script_heading": "Cette page a besoin de JavaScript",
    "pay.no_script": (
        "Les champs de carte ne fonctionnent qu’avec JavaScript. Activez-le pour cette page et rechargez-la, "
        "ouvrez le lien dans un autre navigateur ou demandez à {merchant} un autre moyen de payer. Rien n’a été "
        "débité."
    ),
    "pay.script_failed": (
        "Le formulaire sécurisé de carte ne s’est pas chargé. Votre connexion, ou un élément de votre navigateur "
        "qui bloque les scripts, peut en être la cause. Rien n’a été débité."
    ),
    "pay.try_again": "Réessayer",
    "pay.print": "Imprimer ou enregistrer",
    "field.number": "Numéro de carte",
    "field.expiry": "Date d’expiration",
    "field.cvc": "Code de sécurité",
    "phone.offer": "Payer sur votre téléphone",
    "phone.code": "Code QR de ce paiement",
    "phone.how": (
        "Visez le code avec l’appareil photo de votre téléphone. C’est le même paiement, il n’est jamais débité "
        "deux fois."
    ),
    "help.button": "J’ai besoin d’aide",
    "wait.heading": "Un paiement est en cours",
    "wait.body": "Nous vérifions où il en est. Gardez cette page ouverte, le résultat s’y affichera.",
    "wait.continue_bank": "Continuer avec votre banque",
    "wait.other_card": "Utiliser une autre carte",
    "wait.continue_psp": "Continuer vers le paiement",
    "wait.other_way": "Payer autrement",
    "wait.check": "Vérifier à nouveau",
    "receipt.heading": "Paiement reçu",
    "receipt.body": "Merci. {merchant} a été informé de votre paiement.",
    "receipt.amount": "Montant",
    "receipt.to": "Payé à",
    "receipt.reference": "Référence",
    "receipt.total": "Total payé",
    "receipt.remaining": "Reste à payer",
    "receipt.card": "Carte",
    "receipt.paid_at": "Date",
    "receipt.payment": "Numéro de paiement",
    "receipt.keep": "Vous n’avez plus rien à faire. Vous pouvez fermer cette page.",
    "paid.heading": "Déjà payé",
    "paid.body": "Ce paiement à {merchant} est terminé. Vous n’avez plus rien à faire.",
    "expired.heading": "Ce lien a expiré",
    "expired.body": "{merchant} a demandé ce paiement par un lien à durée limitée.",
    "expired.until": "Il fonctionnait jusqu’au {when}.",
    "expired.next": "Demandez un nouveau lien à {merchant}. Rien n’a été débité par celui-ci après son expiration.",
    "cancelled.heading": "Ce paiement a été annulé",
    "cancelled.body": "{merchant} a annulé ce lien de paiement. Il n’y a rien à payer ici.",
    "cancelled.next": "Si vous ne vous y attendiez pas, demandez un nouveau lien à {merchant}.",
    "superseded.heading": "Il existe un lien plus récent pour ce paiement",
    "superseded.body": "{merchant} vous a envoyé un lien plus récent, qui remplace celui-ci.",
    "superseded.next": (
        "Ouvrez le dernier message de {merchant}. Rien n’a été débité par ce lien après son remplacement."
    ),
    "not_ready.heading": "Ce paiement n’est pas encore prêt",
    "not_ready.body": "{merchant} est en train de le préparer. Rien n’a été débité.",
    "not_ready.next": "Rouvrez le lien dans quelques minutes ou demandez à {merchant}.",
    "unavailable.heading": "Ce paiement est impossible pour l’instant",
    "unavailable.body": (
        "{merchant} ne peut pas encaisser de paiement sur cette page en ce moment. Rien n’a été débité."
    ),
    "unavailable.next": "Demandez à {merchant} un autre moyen de payer ou rouvrez le lien plus tard.",
    "not_found.heading": "Ce lien ne fonctionne pas",
    "not_found.body": "Il n’y a aucun paiement à cette adresse.",
    "not_found.next": (
        "Vérifiez que le lien a été copié en entier, ou rouvrez-le depuis le message reçu. S’il ne fonctionne "
        "toujours pas, demandez-en un nouveau à la personne qui vous l’a envoyé."
    ),
    "too_many.heading": "Trop de visites en peu de temps",
    "too_many.body": "Patientez un instant, puis rechargez la page. Rien n’a été débité.",
    "language.choose": "Langue",
    "error.heading": "Un problème est survenu de notre côté",
    "error.body": "Cette page n’a pas pu être affichée pour l’instant.",
    "error.next": (
        "Rouvrez le lien dans un instant. Si vous aviez déjà payé, la page vous le dira ; un paiement n’est "
        "jamais débité deux fois."
    ),
    "live.pay": "Payer {amount}",
    "live.pay_nothing": "Payer",
    "live.amount.empty": "Saisissez le montant que vous voulez payer.",
    "live.amount.invalid": "Saisissez seulement le nombre, sans séparateur de milliers, par exemple {example}.",
    "live.amount.decimals.one": "Cette monnaie a {count} décimale au plus. Saisissez un montant comme {example}.",
    "live.amount.decimals.other": "Cette monnaie a {count} décimales au plus. Saisissez un montant comme {example}.",
    "live.amount.whole": "Cette monnaie n’a pas de décimales. Saisissez un montant entier, par exemple {example}.",
    "live.amount.low": "Vous pouvez payer au minimum {least}.",
    "live.amount.high": "Vous pouvez payer au maximum {most}.",
    "live.amount.leftover": "Payez {most}, ou laissez au moins {leftover} pour plus tard.",
    "live.amount.range_changed": (
        "Le montant que vous pouvez payer a changé. Rien n’a été débité. Vérifiez le montant."
    ),
    "live.more.rest": "Payer le reste",
    "live.more.another": "Faire un autre paiement",
    "live.part.title": "Paiement partiel reçu",
    "live.part.body": "Merci. {merchant} a été informé que vous avez payé cette partie.",
    "live.number.incomplete": "Saisissez le numéro de carte complet.",
    "live.number.invalid": "Ce numéro de carte est incorrect. Vérifiez qu’il ne contient pas d’erreur.",
    "live.expiry.incomplete": "Saisissez le mois et l’année d’expiration de la carte.",
    "live.expiry.past": "Cette carte a expiré. Utilisez une autre carte.",
    "live.expiry.invalid": "Cette date d’expiration est incorrecte.",
    "live.cvc.incomplete": "Saisissez le code de sécurité : 3 chiffres au dos de la carte, ou 4 au recto.",
    "live.cvc.invalid": "Ce code de sécurité est incorrect.",
    "live.check_amount": "Vérifiez le montant signalé ci-dessous.",
    "live.check_fields": "Vérifiez les données de carte signalées ci-dessous.",
    "live.fields_loading": "Le formulaire de carte se charge encore. Un instant, s’il vous plaît.",
    "live.sending": "Envoi de votre paiement. Gardez cette page ouverte.",
    "live.card_refused": (
        "La carte n’a pas pu être lue. Rien n’a été débité. Vérifiez les données ou utilisez une autre carte."
    ),
    "live.offline": "Vous êtes hors ligne ; rien n’est perdu. Cette page reprendra au retour de la connexion.",
    "live.offline_pay": (
        "Vous êtes hors ligne ; rien n’est perdu et rien n’a été débité. Appuyez de nouveau sur le bouton au "
        "retour de la connexion."
    ),
    "live.online": "Vous êtes de nouveau en ligne.",
    "live.declined": "La carte a été refusée. Rien n’a été débité. Essayez une autre carte.",
    "live.authentication_failed": (
        "Votre banque n’a pas pu confirmer que c’était vous, rien n’a donc été débité. Réessayez ou utilisez une "
        "autre carte."
    ),
    "live.amount_changed": (
        "Le montant est maintenant de {amount}. Vérifiez-le, puis appuyez de nouveau sur le bouton."
    ),
    "live.amount_changed_unknown": (
        "Le montant a changé. Rien n’a été débité. Rechargez la page pour voir le nouveau montant."
    ),
    "live.too_many": "Trop d’essais en peu de temps. Rien n’a été débité. Patientez un instant.",
    "live.countdown.one": "Vous pourrez réessayer dans {count} seconde.",
    "live.countdown.other": "Vous pourrez réessayer dans {count} secondes.",
    "live.try_now": "Vous pouvez réessayer maintenant.",
    "live.unavailable": (
        "Le prestataire de paiement est injoignable pour l’instant. Rien n’a été débité. Réessayez dans un "
        "instant."
    ),
    "live.psp_changed": "Saisissez votre carte encore une fois : votre paiement n’a pas été effectué.",
    "live.psp_changed_press": "Appuyez encore une fois sur le bouton : votre paiement n’a pas été effectué.",
    "live.refused": "Le paiement n’a pas pu démarrer. Rien n’a été débité. Rechargez la page et réessayez.",
    "live.not_arrived": (
        "Votre paiement ne nous est pas parvenu et rien n’a été débité. Vous pouvez appuyer de nouveau sur le "
        "bouton."
    ),
    "live.free_again": "L’autre paiement s’est terminé sans débit. Vous pouvez payer ici maintenant.",
    "live.other_card": "Rien n’a été débité. Vous pouvez utiliser une autre carte.",
    "live.other_way": "Rien n’a été débité. Vous pouvez recommencer et payer autrement.",
    "live.checking.title": "Vérification de votre paiement",
    "live.checking.body": "Nous demandons où il en est. Ne payez pas une nouvelle fois, cela ne prend qu’un instant.",
    "live.unreachable.title": "En attente de la connexion",
    "live.unreachable.body": (
        "Vous êtes hors ligne ; rien n’est perdu. Dès le retour de la connexion, cette page saura où en est "
        "votre paiement. Ne payez pas une nouvelle fois."
    ),
    "live.waiting.title": "Votre banque n’a pas encore répondu",
    "live.waiting.body": (
        "Nous continuons de demander et affichons la réponse ici. Ne payez pas une nouvelle fois : vous ne "
        "pouvez pas être débité deux fois."
    ),
    "live.elsewhere.title": "Un paiement est déjà en cours sur un autre appareil ou onglet",
    "live.elsewhere.body": (
        "Terminez-le là-bas ou fermez-le. Cette page affiche le résultat et vous laisse payer ici s’il se "
        "termine sans débit."
    ),
    "live.processing.title": "Votre paiement a été accepté",
    "live.processing.body": (
        "Votre banque le traite encore et il sera confirmé. Vous pouvez fermer cette page, vous n’avez plus rien "
        "à faire."
    ),
    "live.challenge.title": "Votre banque veut vérifier que c’est bien vous",
    "live.challenge.body": (
        "Suivez les étapes de votre banque dans la fenêtre ou l’application qui s’ouvre, puis revenez ici."
    ),
    "live.bank.title": "Votre banque vous attend",
    "live.bank.body": (
        "La vérification avec votre banque n’est pas terminée, rien n’a donc encore été débité. Poursuivez-la ou "
        "utilisez une autre carte."
    ),
    "live.leaving.title": "Nous vous dirigeons vers le prestataire de paiement",
    "live.leaving.body": "Payez sur sa page sécurisée. Vous revenez ici ensuite.",
    "live.unfinished.title": "Votre paiement n’est pas terminé",
    "live.unfinished.body": (
        "Rien n’a encore été débité. Continuez sur la page sécurisée du prestataire de paiement ou payez "
        "autrement."
    ),
    "live.kept.title": "Ce paiement est toujours ouvert",
    "live.kept.body": (
        "Le prestataire de paiement ne peut pas le retirer pour l’instant, il bloque donc tout autre paiement : "
        "vous ne pouvez pas être débité deux fois. Poursuivez-le ou revenez plus tard ; une fois terminé sans "
        "débit, vous pourrez payer ici à nouveau."
    ),
    "live.review.title": "Votre paiement est en cours de vérification",
    "live.review.body": "Vous n’avez plus rien à faire ; {merchant} vous tiendra au courant.",
    "live.paused.title": "Toujours pas de réponse",
    "live.paused.body": (
        "Ne payez pas une nouvelle fois. Vous pouvez fermer cette page et rouvrir le lien plus tard : il montre "
        "où en est votre paiement."
    ),
    "live.done": "Paiement à {merchant}",
    "live.paid.title": "Paiement reçu",
    "live.authorised.title": "Paiement autorisé",
    "live.authorised.body": "Merci. Votre banque a réservé le montant pour {merchant}.",
    "live.help.telling": "Nous prévenons l’agent…",
    "live.help.told": "L’agent sait que vous avez besoin d’aide. Restez sur cette page.",
    "live.help.failed": "Nous n’avons pas pu joindre l’agent. Répondez par le canal où vous avez reçu le lien.",
    # Trust: is it genuine, what is shared, terms.
    "trust.code": "Code de contrôle :",
    "trust.summary": "Cette page est-elle authentique ?",
    "trust.domain": "Le nom du site dans la barre d’adresse de votre navigateur est exactement {domain}.",
    "trust.ask": "Demandez le code de contrôle à l’agent. Ce doit être celui que vous voyez ici.",
    "trust.call": (
        "Un doute ? Appelez {merchant} à un numéro que vous connaissez déjà, pas à un numéro indiqué dans le message."
    ),
    "trust.never": (
        "Nous ne demandons jamais votre numéro de carte ni votre code de sécurité par téléphone, SMS ou e-mail."
    ),
    "trust.legal": "Vous payez {name}.",
    "trust.contact": "Contacter {merchant} :",
    "trust.terms": "Conditions générales (nouvel onglet)",
    "trust.privacy": "Politique de confidentialité (nouvel onglet)",
    "sharing.switch": "Partager ma progression",
    "sharing.less": (
        "L’agent qui vous accompagne voit seulement que vous avez ouvert cette page, que vous avez envoyé un "
        "paiement et son résultat, jamais les données de votre carte."
    ),
    # Receipts by email or text message.
    "mail.ask": "M’envoyer un reçu",
    "mail.title": "Où envoyer le reçu",
    "mail.email": "E-mail à {to}",
    "mail.sms": "SMS au {to}",
    "mail.elsewhere": "À une autre adresse",
    "mail.address": "Adresse e-mail ou numéro de mobile",
    "mail.address_email": "Adresse e-mail",
    "mail.address_sms": "Numéro de mobile",
    "mail.send": "Envoyer le reçu",
    "mail.sending": "Un instant…",
    "mail.sent": "Votre reçu est en route vers {to}.",
    "mail.empty": "Indiquez où envoyer le reçu.",
    "mail.wrong": "Il est impossible d’envoyer un reçu à cette adresse. Vérifiez-la.",
    "mail.stopped": (
        "Le titulaire de cette adresse a demandé à ne plus recevoir de messages. Choisissez-en une autre ou "
        "imprimez le reçu."
    ),
    "mail.enough": "Assez de reçus ont été envoyés pour ce paiement. Vous pouvez imprimer ou enregistrer cette page.",
    "mail.later": "Un reçu pourra être envoyé une fois le paiement encaissé.",
    "mail.failed": (
        "Le reçu n’a pas pu être envoyé pour l’instant. Rien n’est perdu : réessayez ou imprimez cette page."
    ),
    # The question after the payment.
    "survey.ask": "Comment s’est passé ce paiement ?",
    "survey.1": "Très mal",
    "survey.2": "Mal",
    "survey.3": "Moyen",
    "survey.4": "Bien",
    "survey.5": "Très bien",
    "survey.comment": "Quelque chose à ajouter ? (facultatif)",
    "survey.hint": "N’écrivez jamais votre numéro de carte ici.",
    "survey.send": "Envoyer la réponse",
    "survey.sending": "Envoi en cours…",
    "survey.thanks": "Merci pour votre réponse.",
    "survey.failed": "Votre réponse n’a pas été envoyée. Veuillez réessayer.",
    # Help in the moment: news of the link, the chat, more time, a new link, browsers inside apps.
    "live.news.amount": "Le montant est maintenant de {amount}. Vérifiez-le avant de payer.",
    "live.news.details": "Les détails de ce paiement ont changé. Vérifiez-les avant de payer.",
    "later.chat.title": "Discussion avec {merchant}",
    "later.chat.close": "Fermer la discussion",
    "later.chat.hint": "N’écrivez jamais votre numéro de carte ici. Seul cet onglet affiche la discussion.",
    "later.chat.label": "Votre message",
    "later.chat.send": "Envoyer",
    "later.chat.sending": "Envoi…",
    "later.chat.you": "Vous",
    "later.chat.failed": "Votre message n’a pas été envoyé.",
    "later.chat.again": "Réessayer",
    "later.chat.off": "Cette discussion est fermée. Répondez par le canal où vous avez reçu le lien.",
    "later.chat.masked": (
        "Un numéro de carte a été retiré de votre message. Saisissez-le uniquement dans les champs de carte."
    ),
    "later.chat.new": "Nouveau message de {merchant}",
    "later.time.left.one": "Ce lien cessera de fonctionner dans environ {count} minute.",
    "later.time.left.other": "Ce lien cessera de fonctionner dans environ {count} minutes.",
    "later.time.more": "J’ai besoin de plus de temps",
    "later.time.given": "Vous avez plus de temps : le lien fonctionne maintenant jusqu’au {when}.",
    "later.time.failed": "Le délai n’a pas pu être prolongé. Demandez de l’aide à {merchant}.",
    "expired.ask": "Demander un nouveau lien",
    "expired.asked": (
        "{merchant} a été informé que vous voulez un nouveau lien. Il arrivera par le même canal que celui-ci."
    ),
    "expired.not_asked": "Votre demande n’est pas passée. Réessayez dans un instant.",
    "in_app.heading": "Ouvrez cette page dans votre navigateur",
    "in_app.body": (
        "Vous consultez cette page dans {app}. Vous pouvez y payer par carte. Si la page de votre banque ne "
        "s’ouvre pas, ou pour payer avec un portefeuille électronique, utilisez votre propre navigateur."
    ),
    "in_app.body_unnamed": (
        "Vous consultez cette page dans une application. Vous pouvez y payer par carte. Si la page de votre "
        "banque ne s’ouvre pas, ou pour payer avec un portefeuille électronique, utilisez votre propre "
        "navigateur."
    ),
    "in_app.open": "Ouvrir dans votre navigateur",
    "in_app.how": "Copiez l’adresse, puis collez-la dans Safari ou un autre navigateur.",
    "in_app.address": "Adresse de cette page",
    "in_app.copy": "Copier l’adresse",
    "in_app.copied": "Adresse copiée. Collez-la maintenant dans votre navigateur.",
    # Why a payment was refused, by the code of `payment.declined`.
    "decline.general": "Votre banque n’a pas approuvé ce paiement. Essayez une autre carte ou contactez votre banque.",
    "decline.insufficient_funds": "Le solde disponible sur cette carte est insuffisant. Essayez une autre carte.",
    "decline.hold_lapsed": (
        "Le montant réservé sur votre carte a été libéré. Rien n’a été débité ; vous pouvez payer à nouveau."
    ),
    "decline.psp_unavailable": "Le paiement n’a pas pu démarrer. Rien n’a été débité ; réessayez.",
    "decline.expired_card": "Cette carte a expiré. Vérifiez la date d’expiration ou utilisez une autre carte.",
    "decline.incorrect_cvc": "Le code de sécurité est incorrect. Vérifiez-le et réessayez.",
    "decline.incorrect_number": "Le numéro de carte est incorrect. Vérifiez-le et réessayez.",
    "decline.processing_error": "Un problème est survenu à la banque. Réessayez dans un instant.",
    "decline.limit_exceeded": "Cette carte a atteint son plafond. Essayez une autre carte ou contactez votre banque.",
    "decline.card_not_supported": "Cette carte ne peut pas être utilisée pour ce paiement. Essayez une autre carte.",
    "decline.amount_not_accepted": (
        "Ce montant ne peut pas être payé par carte. Rien n’a été débité. Adressez-vous à l’agent qui vous accompagne."
    ),
    "decline.authentication_failed": (
        "Votre banque n’a pas pu confirmer que c’était vous. Réessayez ou utilisez une autre carte."
    ),
    "decline.authentication_required": "Votre banque doit confirmer que c’est bien vous. Réessayez.",
    "decline.blocked": "Ce paiement est impossible pour l’instant. Adressez-vous à l’agent qui vous accompagne.",
    "decline.review_rejected": (
        "Ce paiement n’a pas pu être accepté et rien n’a été débité. Adressez-vous à l’agent qui vous accompagne."
    ),
    "decline.not_completed": "Le paiement n’a pas abouti et rien n’a été débité. Vous pouvez réessayer.",
}
