import * as z from 'zod';

export const NetworkParams = z.strictObject({
  hidden: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(8)
    .default([64, 32])
    .meta({
      sweep: { values: [[32], [64], [64, 32], [128, 64], [128, 64, 32]] },
      title: 'Hidden layers',
      description: 'Units of each hidden layer, from the features on.',
    }),
  activation: z.enum(['relu', 'tanh']).default('relu').meta({
    title: 'Activation',
    description: 'What a hidden unit does with its sum. relu learns faster; tanh gives smoother predictions.',
  }),
  learning_rate: z
    .number()
    .positive()
    .max(10)
    .default(0.001)
    .meta({
      sweep: { from: 0.0003, to: 0.01, scale: 'log' },
      title: 'Learning rate',
      description: 'Step size of Adam. Smaller is slower and steadier; if the loss jumps about, lower it.',
    }),
  batch_size: z
    .int()
    .min(1)
    .max(65_536)
    .default(64)
    .meta({
      sweep: { values: [32, 64, 128, 256] },
      title: 'Batch size',
      description: 'Rows per update. Larger batches make an epoch faster and each epoch learn less.',
    }),
  epochs: z
    .int()
    .min(1)
    .max(100_000)
    .default(200)
    .meta({
      sweep: { resource: true, from: 10, to: 200 },
      title: 'Epochs',
      description: 'At most this many passes over the training rows.',
    }),
  patience: z.int().min(1).max(100_000).default(20).meta({
    title: 'Patience',
    description:
      'Stops after this many epochs in a row without a lower validation loss; the best weights are kept. Without validation rows all epochs are run.',
  }),
  l2: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .meta({
      sweep: { from: 0.000001, to: 0.01, scale: 'log' },
      title: 'L2 (weight decay)',
      description:
        'Pulls weights towards 0: half of this times the sum of squared weights is added to what is minimised. Biases are free.',
    }),
});
export type NetworkParams = z.infer<typeof NetworkParams>;
