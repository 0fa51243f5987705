import { deleteOperation } from '../../shared/delete';

export const deleteFile = deleteOperation('file');
