import { at, dayMs, firstDay } from './calendar.ts';
import type { Random } from './random.ts';

type Category = { readonly id: number; readonly name: string; readonly department: string };

export type Product = {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  readonly categoryId: number;
  readonly category: string;
  readonly price: number;
  readonly unitCost: number;
  readonly stock: number;
  readonly reorderLevel: number;
  readonly isActive: boolean;
  readonly launchedAt: number;
  /** How much it is wanted, relative to the others. */
  readonly popularity: number;
};

type Line = readonly [name: string, department: string, articles: Readonly<Record<string, number>>];

/** Categories, and their articles with a typical price in EUR. Every article comes from two makers' collections. */
const lines: readonly Line[] = [
  [
    'Kitchen',
    'Cook & Dine',
    {
      Kettle: 59,
      Saucepan: 64,
      'Cutting Board': 34,
      'Chef Knife': 79,
      'Mixing Bowl': 24,
      'Spice Rack': 39,
      'Coffee Grinder': 89,
      'Baking Dish': 32,
      Stockpot: 96,
      Apron: 28,
    },
  ],
  [
    'Tableware',
    'Cook & Dine',
    {
      'Dinner Plate': 16,
      'Soup Bowl': 14,
      Mug: 12,
      Carafe: 29,
      'Serving Platter': 42,
      'Wine Glass': 15,
      'Cutlery Set': 89,
      'Table Runner': 36,
      'Salad Servers': 27,
      Teapot: 48,
    },
  ],
  [
    'Bedding',
    'Rest & Refresh',
    {
      'Linen Sheet': 84,
      'Duvet Cover': 119,
      Pillowcase: 29,
      'Wool Blanket': 129,
      'Down Pillow': 69,
      Bedspread: 99,
      'Mattress Pad': 79,
      'Cotton Throw': 49,
      'Fitted Sheet': 54,
      Quilt: 149,
    },
  ],
  [
    'Bath',
    'Rest & Refresh',
    {
      'Bath Towel': 27,
      'Hand Towel': 14,
      'Bath Mat': 32,
      Bathrobe: 89,
      'Soap Dish': 16,
      'Shower Curtain': 44,
      'Laundry Hamper': 59,
      'Bath Stool': 74,
      'Towel Ladder': 98,
      Toothbrush: 9,
    },
  ],
  [
    'Lighting',
    'Live & Grow',
    {
      'Table Lamp': 89,
      'Floor Lamp': 179,
      'Pendant Light': 149,
      'Wall Sconce': 99,
      'Desk Lamp': 79,
      Lantern: 39,
      'String Lights': 34,
      'Reading Light': 45,
      Chandelier: 389,
      'Night Light': 24,
    },
  ],
  [
    'Furniture',
    'Live & Grow',
    {
      'Dining Chair': 189,
      'Side Table': 159,
      Bookshelf: 279,
      Bench: 229,
      Armchair: 549,
      'Coffee Table': 329,
      'Bar Stool': 149,
      Sideboard: 749,
      Desk: 459,
      Nightstand: 169,
    },
  ],
  [
    'Decor',
    'Live & Grow',
    {
      Vase: 38,
      'Wall Mirror': 129,
      'Picture Frame': 24,
      'Cushion Cover': 29,
      Rug: 219,
      'Wall Clock': 69,
      Tray: 34,
      Sculpture: 94,
      'Wall Hanging': 79,
      Bookends: 44,
    },
  ],
  [
    'Storage',
    'Live & Grow',
    {
      Basket: 34,
      'Storage Box': 26,
      'Coat Rack': 89,
      'Shoe Bench': 139,
      'Wall Hook': 14,
      'Jewelry Box': 49,
      'Magazine Holder': 32,
      'Glass Jar': 12,
      'Umbrella Stand': 64,
      'Drawer Organizer': 22,
    },
  ],
  [
    'Garden',
    'Live & Grow',
    {
      Planter: 39,
      'Watering Can': 32,
      'Garden Chair': 119,
      'Fire Bowl': 189,
      'Bird House': 34,
      Parasol: 149,
      'Herb Box': 27,
      'Garden Bench': 259,
      'Hanging Pot': 22,
      'Outdoor Cushion': 35,
    },
  ],
  [
    'Candles',
    'Rest & Refresh',
    {
      'Scented Candle': 24,
      'Pillar Candle': 14,
      Candlestick: 29,
      'Tea Light Holder': 12,
      'Reed Diffuser': 34,
      'Candle Snuffer': 18,
      'Beeswax Candle': 19,
      'Incense Set': 22,
      Hurricane: 42,
      'Gift Candle Trio': 54,
    },
  ],
];

const collections = ['Ember', 'Fjord', 'Alder', 'Basalt', 'Cove', 'Dune', 'Grove', 'Harbor', 'Juniper', 'Mesa'];

export const categories: readonly Category[] = lines.map(([name, department], index) => ({
  id: index + 1,
  name,
  department,
}));

/** 200 products: ten categories, ten articles each, from two collections. */
export function createProducts(random: Random): readonly Product[] {
  return lines.flatMap(([category, , articles], categoryIndex) =>
    Object.entries(articles).flatMap(([article, typicalPrice], articleIndex) =>
      [0, 1].map((edition) => {
        const place = articleIndex * 2 + edition;
        const collection = collections[(categoryIndex * 2 + articleIndex * 3 + edition) % collections.length];
        const price = Math.max(5, Math.round(typicalPrice * (0.85 + random.next() * 0.4)) - 0.1);
        const reorderLevel = random.integer(10, 60);
        const early = random.chance(0.8);
        return {
          id: categoryIndex * 20 + place + 1,
          sku: `${category.slice(0, 3).toUpperCase()}-${String(place + 1).padStart(3, '0')}`,
          name: `${collection} ${article}`,
          categoryId: categoryIndex + 1,
          category,
          price,
          unitCost: Math.round(price * (0.35 + random.next() * 0.25) * 100) / 100,
          stock: random.chance(0.12) ? random.integer(0, reorderLevel - 1) : random.integer(reorderLevel, 480),
          reorderLevel,
          isActive: !random.chance(0.06),
          launchedAt: at(firstDay) + dayMs * (early ? -random.integer(60, 900) : random.integer(20, 620)),
          // Cheap things sell more often; a few articles are loved.
          popularity: (random.chance(0.08) ? 4 : 0.4 + random.next()) * (40 / price) ** 0.45,
        };
      }),
    ),
  );
}
