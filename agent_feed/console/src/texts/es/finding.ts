/** Quién paga, cómo se le llega y qué leerá. */
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: 'Buscar un cliente',
  findHint: 'nombre, teléfono, correo, número',
  results: 'Clientes encontrados',
  none: 'No se encontró a nadie. Escriba sus datos abajo.',
  failed: 'La búsqueda no respondió. Escriba los datos abajo.',
  found: (count) => (count === 1 ? '1 cliente encontrado' : `${count} clientes encontrados`),
  unnamed: 'Nombre desconocido',
  prefers: (channel) => `prefiere ${channel}`,
  stoppedShort: (channels) => `dio de baja ${channels}`,
  consent: {
    stopped: 'El cliente dio de baja estos mensajes: se rechazará el envío.',
    granted: 'El cliente aceptó estos mensajes.',
    failed: 'El último no llegó.',
    preferred: 'Preferido.',
  },
  language: 'Idioma',
  languageHint: 'del mensaje y de la página',
  automatic: 'Como el dispositivo del cliente',
  preview: {
    open: 'Ver el mensaje',
    close: 'Ocultar el mensaje',
    nothing: 'Elija un canal y un importe para ver qué se enviará.',
    failed: 'No se pudo preparar la vista previa.',
    subject: 'Asunto',
    segments: (count, units) =>
      count === 1 ? `1 SMS, ${units} caracteres` : `${count} partes de SMS, ${units} caracteres`,
    unicode: 'con caracteres que reducen a la mitad lo que cabe en uno',
  },
  templates: {
    label: 'Plantillas',
    hint: (number) => `Alt + ${number}`,
    save: 'Guardar como plantilla',
    name: 'Nombre de la plantilla',
    saveIt: 'Guardar',
    forget: (name) => `Olvidar la plantilla ${name}`,
    empty: 'Escriba primero una descripción, para que la plantilla tenga algo que guardar.',
    full: 'Ya hay ocho. Olvide una primero.',
    saved: 'Guardada en este navegador.',
    used: (name) => `Rellenado con ${name}.`,
  },
};
