import { parentPort } from 'node:worker_threads';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { messageOf } from '../../../errors.js';
import { createSession } from '../session.js';
import type { LaneAnswer, NumberedRequest, PlainTensor, Values } from './messages.js';

// The program of a lane's thread: it creates sessions, runs them with one thread each, and answers every request.

if (parentPort === null) throw new Error('lane-worker is the program of a thread');
const port = parentPort;
const sessions = new Map<number, Promise<InferenceSession>>();

port.on('message', (request: NumberedRequest) => {
  const { call } = request;
  answer(request).then(
    (outputs) => {
      const buffers = Object.values(outputs).flatMap(({ data }) =>
        ArrayBuffer.isView(data) && data.buffer instanceof ArrayBuffer ? [data.buffer] : [],
      );
      port.postMessage({ call, outputs } satisfies LaneAnswer, buffers);
      if (request.kind === 'close') port.close();
    },
    (error: unknown) => {
      port.postMessage({ call, error: messageOf(error) } satisfies LaneAnswer);
    },
  );
});

async function answer(request: NumberedRequest): Promise<Values<PlainTensor>> {
  switch (request.kind) {
    case 'create': {
      const creation = createSession(request.model, 1);
      sessions.set(request.session, creation);
      await creation;
      return {};
    }
    case 'run': {
      const session = await sessions.get(request.session);
      if (session === undefined) throw new Error(`lane: no session ${request.session}`);
      return mapValues(await session.run(mapValues(request.feeds, toTensor)), toPlain);
    }
    case 'release': {
      const session = sessions.get(request.session);
      sessions.delete(request.session);
      await (await session)?.release();
      return {};
    }
    case 'close':
      for (const session of sessions.values()) await (await session).release();
      return {};
  }
}

function toTensor({ type, data, dims }: PlainTensor): Tensor {
  return new Tensor(type, data, dims);
}

function toPlain({ type, data, dims }: Tensor): PlainTensor {
  return { type, data, dims };
}

function mapValues<From, To>(values: Values<From>, change: (value: From) => To): Values<To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
