from views import page

v = page.visit()
page.bar(v)
page.head(v, "exhibit", v.w("site.nav.exhibit"), v.w("site.description"))
page.foot(v)
