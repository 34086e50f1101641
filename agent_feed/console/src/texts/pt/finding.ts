/** Quem paga, como chegar até ele e o que vai ler. */
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: 'Buscar um cliente',
  findHint: 'nome, telefone, e-mail, número',
  results: 'Clientes encontrados',
  none: 'Ninguém encontrado. Digite os dados abaixo.',
  failed: 'A busca não respondeu. Digite os dados abaixo.',
  found: (count) => (count === 1 ? '1 cliente encontrado' : `${count} clientes encontrados`),
  unnamed: 'Nome desconhecido',
  prefers: (channel) => `prefere ${channel}`,
  stoppedShort: (channels) => `não quer: ${channels}`,
  consent: {
    stopped: 'O cliente parou estas mensagens: o envio será recusado.',
    granted: 'O cliente aceitou estas mensagens.',
    failed: 'A última não chegou.',
    preferred: 'Preferido.',
  },
  language: 'Idioma',
  languageHint: 'da mensagem e da página',
  automatic: 'Como o aparelho do cliente',
  preview: {
    open: 'Ver a mensagem',
    close: 'Ocultar a mensagem',
    nothing: 'Escolha um canal e um valor para ver o que será enviado.',
    failed: 'Não foi possível preparar a prévia.',
    subject: 'Assunto',
    segments: (count, units) =>
      count === 1 ? `1 SMS, ${units} caracteres` : `${count} partes de SMS, ${units} caracteres`,
    unicode: 'com caracteres que reduzem à metade o que cabe em um',
  },
  templates: {
    label: 'Modelos',
    hint: (number) => `Alt + ${number}`,
    save: 'Salvar como modelo',
    name: 'Nome do modelo',
    saveIt: 'Salvar',
    forget: (name) => `Esquecer o modelo ${name}`,
    empty: 'Escreva antes uma descrição, para que o modelo tenha o que guardar.',
    full: 'Já há oito. Esqueça um antes.',
    saved: 'Salvo neste navegador.',
    used: (name) => `Preenchido com ${name}.`,
  },
};
