import * as z from 'zod';
import { ClassWeight, classWeightMeta } from '../../class-weights.ts';

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
  wide: z.boolean().default(false).meta({
    unwritten: true,
    title: 'Wide and deep',
    description:
      'A weighted sum of all features is added to what the layers say: levels and crossed levels are learned by heart there, the layers learn what they have in common.',
  }),
  embedding_size: z.int().min(1).max(512).nullable().default(null).meta({
    unwritten: true,
    title: 'Length of vectors',
    description:
      'Each level of a category that comes as codes (step codes) is a vector of so many numbers, learned with the rest. Empty: by its levels, 1.6 times their number to the power of 0.56, at most 50.',
  }),
  dropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0)
    .meta({
      unwritten: true,
      sweep: { from: 0, to: 0.5 },
      title: 'Dropout',
      description:
        'In training this share of the outputs of each hidden layer is left out, others in each batch: learns more slowly, overfits less. 0.1 to 0.5 are usual.',
    }),
  batch_norm: z.boolean().default(false).meta({
    unwritten: true,
    title: 'Batch normalisation',
    description:
      "Brings the sums of each hidden layer to a common scale by each batch's mean and variance. Helps deep networks; the model predicts by running means.",
  }),
  optimizer: z.enum(['sgd', 'momentum', 'adam', 'adamw']).default('adam').meta({
    unwritten: true,
    title: 'Optimiser',
    description:
      'How weights follow the slope. adam: a step size of its own for each weight. adamw: the same with weight decay. sgd: plain gradient descent. momentum: with a memory of the steps before. The last two want a learning rate of 0.01 to 0.1.',
  }),
  learning_rate: z
    .number()
    .positive()
    .max(10)
    .default(0.001)
    .meta({
      sweep: { from: 0.0003, to: 0.01, scale: 'log' },
      title: 'Learning rate',
      description: 'Size of a step. Smaller is slower and steadier; if the loss jumps about, lower it.',
    }),
  momentum: z.number().min(0).max(0.999).default(0.9).meta({
    unwritten: true,
    title: 'Momentum',
    description: 'Of the optimiser momentum: the share of the last step that goes on in the next.',
  }),
  schedule: z.enum(['constant', 'step', 'exponential', 'cosine']).default('constant').meta({
    unwritten: true,
    title: 'Schedule',
    description:
      'How the learning rate goes on. step: times "decay_rate" after every "decay_epochs". exponential: the same, bit by bit. cosine: down to 0 along a half wave over all epochs.',
  }),
  decay_rate: z.number().positive().max(1).default(0.5).meta({
    unwritten: true,
    title: 'Decay rate',
    description: 'What the learning rate is multiplied by, with the schedules step and exponential.',
  }),
  decay_epochs: z.number().positive().max(100_000).default(20).meta({
    unwritten: true,
    title: 'Decay epochs',
    description: 'After how many epochs, with the schedules step and exponential.',
  }),
  warmup_epochs: z.number().min(0).max(100_000).default(0).meta({
    unwritten: true,
    title: 'Warm-up',
    description:
      'For so many epochs (parts too) the learning rate rises from near 0, then the schedule begins.',
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
      title: 'L2',
      description:
        'Pulls weights towards 0: half of this times the sum of squared weights is added to what is minimised. Biases are free.',
    }),
  weight_decay: z.number().min(0).max(10).nullable().default(null).meta({
    unwritten: true,
    title: 'Weight decay',
    description:
      'Before each update every weight shrinks by this times the learning rate, apart from the slope (decoupled). Biases are free. Empty: 0.004 with adamw, else 0.',
  }),
  class_weight: ClassWeight.default('none').meta({ ...classWeightMeta, unwritten: true }),
});
export type NetworkParams = z.infer<typeof NetworkParams>;
