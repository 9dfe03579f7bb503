// The routes with express-session and connect-pg-simple.
import connect from 'connect-pg-simple'
import express from 'express'
import session from 'express-session'
import pg from 'pg'

const CART = Array.from({ length: 10 }, (_, i) => `item-${String(i + 1).padStart(4, '0')}`)

const pool = new pg.Pool({ connectionString: process.env.POSTGRES_URI.replace('//', `//${process.env.POSTGRES_USER}@`) })

const app = express()
// Before the middleware: for each request without a cookie it makes a session, with a random id and a hash, only to drop it.
app.get('/plain', (req, res) => res.type('text').send('hello'))
app.use(session({
  store: new (connect(session))({ pool, tableName: 'express_session', createTableIfMissing: true }),
  secret: 'only for measurements',
  resave: false,
  saveUninitialized: false,
  cookie: { maxAge: 86_400_000 }
}))

const loggedIn = (req, res, next) => req.session.user === undefined ? res.sendStatus(401) : next()

app.post('/login', (req, res) => {
  Object.assign(req.session, { user: req.query.user, views: 0, theme: 'dark', cart: CART })
  res.type('text').send('ok')
})
app.get('/read', loggedIn, (req, res) => res.type('text').send(`${req.session.user} ${req.session.views}`))
app.post('/inc', loggedIn, (req, res) => res.type('text').send(String(++req.session.views)))
app.post('/logout', loggedIn, (req, res, next) => req.session.destroy(error => error ? next(error) : res.type('text').send('ok')))

app.listen(Number(process.env.PORT), '127.0.0.1')
