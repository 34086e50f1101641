import './styles/tokens.css';
import './styles/base.css';

import { mount } from 'svelte';

import { speakBest } from './texts/languages';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the console.');

await speakBest();
// Every text is read as its module loads, so the console comes after its language.
const { default: Console } = await import('./Console.svelte');
mount(Console, { target });
