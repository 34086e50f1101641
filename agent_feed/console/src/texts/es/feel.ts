/** Preferencias, atajos, avisos y la visita guiada. */
import type { Words } from '../catalogue';

export const feel: Words['feel'] = {
  preferences: 'Preferencias',
  theme: 'Aspecto',
  themes: { system: 'Como el sistema', light: 'Claro', dark: 'Oscuro' },
  language: 'Idioma',
  browserLanguage: 'Como el navegador',
  notices: 'Cuando un pago cambia mientras mira a otro lado',
  sound: 'Reproducir un sonido',
  desktop: 'Mostrar un aviso en el escritorio',
  desktopBlocked:
    'Este navegador bloquea los avisos de aquí. Permítalos junto a la dirección y luego active esto.',
  keys: 'Atajos de una tecla',
  keysHint: 'Desactívelos si dicta o pulsa teclas sin querer.',
  help: 'Atajos de teclado',
  takeTour: 'Hacer la visita guiada',
  practise: 'Practicar con un cliente ficticio',
  ask: {
    title: '¿Le avisamos cuando se pague?',
    text: 'Un sonido breve y un aviso, solo mientras mira a otro lado.',
    yes: 'Sí, avísenme',
    no: 'No, gracias',
  },
  noticeTitle: (customer, what) => `${customer}: ${what}`,
  sheet: {
    title: 'Atajos de teclado',
    anywhere: 'En todas partes',
    list: 'En la lista',
    form: 'En un formulario',
    then: 'y luego',
    off: 'Los atajos de una tecla están desactivados en las preferencias.',
    rows: {
      new: 'Enlace nuevo',
      search: 'Buscar enlaces',
      help: 'Esta ayuda',
      next: 'Enlace siguiente',
      previous: 'Enlace anterior',
      open: 'Abrir el enlace',
      send: 'Enviar el enlace',
      close: 'Cerrar lo que esté abierto',
      links: 'Ir a los enlaces',
      conversations: 'Ir a las conversaciones',
      floor: 'Ir a la sala',
      reports: 'Ir a los informes',
      settings: 'Ir a los ajustes',
    },
  },
  tour: {
    label: 'Visita guiada',
    offer: '¿Es nuevo aquí? Vea en un minuto cómo funciona un enlace de pago.',
    start: 'Empezar la visita',
    later: 'Ahora no',
    skip: 'Saltar la visita',
    back: 'Atrás',
    next: 'Siguiente',
    done: 'Listo',
    count: (step, of) => `Paso ${step} de ${of}`,
    steps: [
      {
        title: 'Cree un enlace mientras habla',
        text: 'Pulse N, escriba el importe y el teléfono o correo del cliente, y envíe. Diez segundos, sin ratón.',
      },
      {
        title: 'Vea cómo ocurre',
        text: 'La lista se mueve sola: enviado, entregado, abierto, datos de tarjeta, pagado. Un punto verde indica que el cliente está en la página.',
      },
      {
        title: 'Quien le necesita va primero',
        text: 'Una tarjeta rechazada, un mensaje que no llegó, un cliente atascado: esos enlaces suben arriba, con palabras que puede decir.',
      },
      {
        title: 'Mire a otro lado con calma',
        text: 'Active un sonido o un aviso en las preferencias, y le avisamos cuando un pago cambie.',
      },
      {
        title: 'Nunca pida un número de tarjeta',
        text: 'El cliente lo escribe en su propia página. Si aun así se lo escribe a usted, lo verá oculto.',
      },
    ],
  },
};
