import { imapFolder } from '../../kit/imap/folderField';

const inbox = { mode: 'path', value: 'INBOX' };

/** The folder that an operation works in. */
export const folderField = imapFolder('folder', { displayName: 'Folder', default: inbox });

export const targetFolderField = imapFolder('targetFolder', { displayName: 'Target Folder' });
