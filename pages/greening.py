from views import page

v = page.visit()
page.bar(v)
page.head(v, "greening", v.w("site.nav.greening"), v.w("site.description"))
page.foot(v)
