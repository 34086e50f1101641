/** El panel integrado. */
import type { Words } from '../catalogue';

export const embed: Words['embed'] = {
  title: 'Enlaces de pago',
  newLink: 'Nuevo enlace de pago',
  console: 'Abrir la consola',
  back: 'Cliente',
  customer: 'Cliente',
  links: 'Enlaces abiertos',
  looking: 'Buscando al cliente…',
  unknownTitle: 'Aún no le conocemos',
  unknownText:
    'Con el primer enlace de pago quien llama pasa a ser cliente; lo que siga queda con él.',
  noneTitle: 'Sin enlaces abiertos',
  noneText: 'Cree uno mientras habla. Aquí verá en vivo cuándo se abre y se paga.',
  waitingTitle: 'Esperando a un cliente',
  waitingText:
    'Este panel se abre solo cuando su puesto atiende una llamada, o cree ahora un enlace para cualquiera.',
  notHostedTitle: 'Este panel va dentro de otra página',
  notHostedText:
    'Solo se abre dentro de las páginas que su administrador ha permitido. La consola está aquí:',
  signingInTitle: 'Iniciando su sesión…',
  signingInText: 'Su puesto inicia aquí su sesión. Si no ocurre nada, pregunte a quien lo atiende.',
  refusedTitle: 'Su puesto no pudo iniciar la sesión',
  refusedText: 'El acceso que envió era demasiado antiguo, o ya se había usado.',
  endedTitle: 'Su sesión ha terminado',
  endedText: 'Lo que escribió sigue aquí.',
  again: 'Iniciar sesión de nuevo',
  phone: 'Teléfono',
  email: 'Correo electrónico',
  externalId: 'Su identificador',
};
