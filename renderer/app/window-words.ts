import { defineWords } from '../ui/text/words.ts';

/** Titles of the window's own menu, and what the host itself has in it. */
export const words = defineWords(
  {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    go: 'Go',
    page: 'This Page',
    help: 'Help',
    newWorkspace: 'New Workspace…',
    openWorkspace: 'Open Workspace…',
  },
  {
    file: 'Datei',
    edit: 'Bearbeiten',
    view: 'Ansicht',
    go: 'Gehe zu',
    page: 'Diese Seite',
    help: 'Hilfe',
    newWorkspace: 'Neuer Arbeitsbereich …',
    openWorkspace: 'Arbeitsbereich öffnen …',
  },
);
