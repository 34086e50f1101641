/** Co konsultant może powiedzieć, słowo w słowo. */
import type { Words } from '../catalogue';

export const scripts: Words['scripts'] = {
  titles: {
    declined_funds: 'Odrzucono: brak środków',
    declined: 'Odrzucono z innego powodu',
    bank_app: 'Bank pyta i nic się nie dzieje',
    wrong_code: 'Zły kod zabezpieczający',
    stuck_field: 'Klient utknął na jednym polu',
    not_arrived: 'Wiadomość nie dotarła',
    stalled: 'Klient się zatrzymał',
    help: 'Klient prosi o pomoc',
    expired: 'Link wygasł',
  },
  builtIn: {
    declined_funds:
      '„Bank mówi, że na tej karcie jest teraz za mało środków. Czy użyjemy innej, czy podzielić kwotę?”',
    declined:
      '„Bank nie przepuścił tej karty. To się zdarza, i nic nie zostało pobrane. Czy jest pod ręką inna karta?”',
    bank_app:
      '„Bank chce się upewnić, kto płaci. Proszę otworzyć aplikację banku albo poszukać SMS-a z kodem. Poczekam.”',
    wrong_code:
      '„Kod zabezpieczający się nie zgadza. To trzy cyfry z tyłu karty, a na American Express cztery z przodu. Proszę mi go nie czytać.”',
    stuck_field:
      '„Strona ma wątpliwość co do jednego z pól. Proszę porównać je z kartą, nie czytając mi go.”',
    not_arrived: '„Wiadomość nie dotarła. Sprawdźmy razem adres albo wyślę ją inną drogą.”',
    stalled: '„Widzę, że strona jest otwarta. Proszę się nie spieszyć. Czy mogę coś wyjaśnić?”',
    help: '„Jestem tutaj i widzę, na którym kroku jest płatność. Co pokazuje strona?”',
    expired: '„Link wygasł i nic nie zostało pobrane. Zaraz wyślę nowy.”',
  },
  form: {
    title: 'Co mówią konsultanci',
    intro:
      'Gdy klient jest w jednej z tych sytuacji, konsultanci widzą te słowa obok linku. Napisz własne albo zostaw nasze.',
    own: 'Własne słowa',
    ours: 'Nasze słowa',
    label: (title) => `Słowa na: ${title}`,
    save: 'Zapisz',
    reset: 'Wróć do naszych',
    saved: 'Konsultanci widzą to od teraz.',
    removed: 'Znów obowiązują nasze słowa.',
    empty: 'Napisz, co powiedzieć, albo wróć do naszych słów.',
    count: (count, most) => `${count} z ${most}`,
    whoMay: 'Zmieniają to przełożeni i administratorzy.',
  },
};
