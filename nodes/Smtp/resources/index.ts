import type { Resource } from '../../kit/resource';
import type { SmtpTools } from '../smtp';
import { connection } from './connection';
import { message } from './message';

export const resources: ReadonlyArray<Resource<SmtpTools>> = [message, connection];
