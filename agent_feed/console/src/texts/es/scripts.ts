/** Lo que un agente puede decir, palabra por palabra. */
import type { Words } from '../catalogue';

export const scripts: Words['scripts'] = {
  titles: {
    declined_funds: 'Rechazado: saldo insuficiente',
    declined: 'Rechazado por otro motivo',
    bank_app: 'El banco pregunta y no pasa nada',
    wrong_code: 'Código de seguridad incorrecto',
    stuck_field: 'Atascado en un campo',
    not_arrived: 'El mensaje no llegó',
    stalled: 'El cliente se ha detenido',
    help: 'El cliente pide ayuda',
    expired: 'El enlace ha caducado',
  },
  builtIn: {
    declined_funds:
      '«El banco dice que ahora mismo no hay saldo suficiente en esta tarjeta. ¿Quiere probar con otra, o divido el importe?»',
    declined:
      '«El banco no dejó pasar esta tarjeta. Ocurre a menudo, y no se ha cobrado nada. ¿Tiene otra tarjeta a mano?»',
    bank_app:
      '«Su banco quiere asegurarse de que es usted. Abra por favor la aplicación de su banco, o busque un SMS con un código. Le espero.»',
    wrong_code:
      '«El código de seguridad no coincidió. Son los tres dígitos del reverso de la tarjeta, cuatro en el anverso de una American Express. Por favor, no me lo lea.»',
    stuck_field:
      '«La página no está segura de uno de los campos. Compárelo de nuevo con su tarjeta, sin leérmelo.»',
    not_arrived:
      '«El mensaje no le ha llegado. Revisemos juntos la dirección, o se lo envío por otra vía.»',
    stalled: '«Veo que la página está abierta. Tómese su tiempo. ¿Puedo aclararle algo?»',
    help: '«Estoy aquí y veo en qué paso está. ¿Qué le muestra la página?»',
    expired: '«El enlace ha caducado y no se ha cobrado nada. Le envío uno nuevo ahora mismo.»',
  },
  form: {
    title: 'Qué dicen los agentes',
    intro:
      'Cuando un cliente está en una de estas situaciones, los agentes ven estas palabras junto al enlace. Escriba las suyas, o deje las nuestras.',
    own: 'Sus propias palabras',
    ours: 'Nuestras palabras',
    label: (title) => `Palabras para: ${title}`,
    save: 'Guardar',
    reset: 'Usar de nuevo las nuestras',
    saved: 'Los agentes lo ven desde ahora.',
    removed: 'Vuelven a valer nuestras palabras.',
    empty: 'Escriba qué decir, o use de nuevo nuestras palabras.',
    count: (count, most) => `${count} de ${most}`,
    whoMay: 'Lo cambian supervisores y administradores.',
  },
};
