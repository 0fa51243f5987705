import type { Resource } from '../../kit/resource';
import { connection } from './connection';
import { directoryResources } from './directory';
import { request } from './request';

export const resources: readonly Resource[] = [connection, request, ...directoryResources];
